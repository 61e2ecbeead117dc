import { OkxAccountSchema } from '#database/schema'
import type { OkxEnvironment } from '#facts/on_okx'
import type { OkxReason } from '#models/okx_reasons'

/**
 * Where the key is valid. The hosts are in app/collectors/okx/hosts.ts: `global` is www.okx.com, `us`
 * also Australia, `eea` Europe.
 */
export const OKX_REGIONS = ['global', 'us', 'eea'] as const

export type OkxRegion = (typeof OKX_REGIONS)[number]

/** `paused`: its owner wants no connection for now. `removed`: its keys are gone. */
export type OkxAccountStatus = 'active' | 'paused' | 'removed'

/**
 * What its connection does now.
 *
 * - `idle`        no process has it
 * - `connecting`  up to the answers to login and subscriptions
 * - `recovering`  subscribed; what happened before is read over REST
 * - `live`        everything until now is stored
 * - `handover`    live, while a second connection takes over before OKX cuts this one
 * - `waiting`     it failed, and is tried again
 * - `refused`     OKX does not take the key; tried again each minute
 */
export const OKX_CONNECTION_STATES = [
  'idle',
  'connecting',
  'recovering',
  'live',
  'handover',
  'waiting',
  'refused',
] as const

export type OkxConnectionState = (typeof OKX_CONNECTION_STATES)[number]

/** An account at OKX: its sealed key, and what its connection does. */
export default class OkxAccount extends OkxAccountSchema {
  declare region: OkxRegion
  declare environment: OkxEnvironment
  declare status: OkxAccountStatus
  declare connection: OkxConnectionState
  declare reason: OkxReason | null
}
