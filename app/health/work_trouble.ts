import {
  chainTrouble,
  rpcSilence,
  SCANNER,
  scannerOf,
  TRON_SCANNER,
  withOnce,
} from '#health/chain_trouble'
import type { PushHealthFigures } from '#health/figures'
import { silenceLevel, type HealthFinding } from '#health/finding'
import {
  lastOf,
  lastWorkOf,
  missingSince,
  standsStillFor,
  type ProcessState,
} from '#health/processes'
import type { PushHealthSettings } from '#health/settings'
import { markedEndpoints, silentPolls } from '#health/source_trouble'

/** What is judged here. */
export type Work = Pick<PushHealthFigures, 'endpoints' | 'processes'> & {
  wechat: { bindings: Pick<PushHealthFigures['wechat']['bindings'], 'active'> }
  telegram: Pick<PushHealthFigures['telegram'], 'active'>
  collectors: Pick<PushHealthFigures['collectors'], 'chains' | 'polls'>
}

const SENDER = 'send:webhooks'
const WECHAT = 'send:wechat'
const TELEGRAM = 'send:telegram'

/** What says that a process does not work, or works blindly, at `now` (epoch milliseconds). */
export function workTrouble(
  work: Work,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  return [
    ...missingSenders(work, settings, now),
    ...deadProcesses(work.processes, settings, now),
    ...stuckProcesses(work.processes, settings, now),
    ...silentEndpoints(work, settings, now),
    ...markedEndpoints(work.processes, now),
    ...silentPolls(work.collectors.polls, work.processes, settings, now),
    ...chainTrouble(work, settings, now),
  ]
}

/** Where a target waits for events, there has to be a sender, whether it was stopped or died. */
function missingSenders(work: Work, settings: PushHealthSettings, now: number): HealthFinding[] {
  const needed = neededSenders(work, settings)
  return needed.flatMap((process) => missing(process, work.processes, settings, now))
}

function neededSenders(
  { endpoints, wechat, telegram }: Needing,
  settings: PushHealthSettings
): string[] {
  return [
    ...(endpoints.active > 0 && settings.isPushing ? [SENDER] : []),
    ...(wechat.bindings.active > 0 && settings.isWechat ? [WECHAT] : []),
    ...(telegram.active > 0 && settings.isTelegram ? [TELEGRAM] : []),
  ]
}

type Needing = Pick<Work, 'endpoints' | 'wechat' | 'telegram'>

/** Whether facts have to be planned: any sender plans for all channels. */
export function isPlanned(needing: Needing, settings: PushHealthSettings): boolean {
  return neededSenders(needing, settings).length > 0
}

/** Others may be stopped for good. One that has ended without being told to is missed. */
function deadProcesses(
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  // Of a scanner tells how far its chain is read.
  const known = [SENDER, WECHAT, TELEGRAM, ...[SCANNER, TRON_SCANNER].flatMap(withOnce)]
  const kinds = new Set(processes.map(({ kind }) => kind).filter((kind) => !known.includes(kind)))
  return [...kinds].flatMap((kind) => {
    const last = lastOf(processes, [kind])
    return last?.ended_at === null ? missing(kind, processes, settings, now) : []
  })
}

/** Those that live and get nowhere, such as one that waits for an answer that never comes. */
function stuckProcesses(
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  return processes.flatMap((state): HealthFinding[] => {
    const silentMs = standsStillFor(state, now)
    const { kind: process, works_on: worksOn } = state
    const level = silentMs >= settings.silence.criticalMs ? 'critical' : 'degraded'
    return silentMs >= settings.stuckMs
      ? [{ name: 'process_stuck', level, process, works_on: worksOn, silent_ms: silentMs }]
      : []
  })
}

function missing(
  process: string,
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const since = missingSince(process, processes, now)
  const level = since === null ? 'degraded' : silenceLevel(now - since, settings)
  if (!level) {
    return []
  }
  const seenAt = lastWorkOf(process, processes) ?? since
  const silentMs = seenAt === null ? null : now - seenAt
  return [{ name: 'process_missing', level, process, silent_ms: silentMs }]
}

/** Of a scanner it only matters where a chain is not read, and is said there. */
function silentEndpoints(
  { processes, collectors }: Work,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const scanners = collectors.chains.map(({ chain_id: chainId }) => scannerOf(chainId, settings))
  const kinds = new Set(processes.map(({ kind }) => kind)).difference(
    new Set([SCANNER, ...scanners])
  )
  return [...kinds].flatMap((process): HealthFinding[] => {
    const silentMs = rpcSilence(process, processes, now)
    const level = silenceLevel(silentMs, settings)
    return level ? [{ name: 'rpc_silent', level, process, silent_ms: silentMs }] : []
  })
}
