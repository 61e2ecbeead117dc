import { rowsIn, textIn, type OkxRow } from '#sources/okx/row'

/** What a channel is asked by, and what OKX calls it by in its answers. */
export interface OkxChannel {
  channel: string
  instType?: string
  extraParams?: string
}

export interface OkxPush {
  kind: 'push'
  channel: string
  /** The account, where OKX names it. */
  uid: string | null
  rows: OkxRow[]
  /** `snapshot` or `event_update`, where the channel says it around its rows. */
  eventType: string | null
}

/** A message of the private stream. */
export type OkxMessage =
  | OkxPush
  | { kind: 'pong' }
  | { kind: 'logged_in' }
  | { kind: 'subscribed'; channel: string }
  /** How many connections have the channel. It comes after `subscribed`, which alone is no promise. */
  | { kind: 'counted'; channel: string }
  /** The channel has too many connections: this one gets nothing of it. */
  | { kind: 'too_many'; channel: string }
  | { kind: 'error'; code: string; text: string }
  | { kind: 'notice'; code: string; text: string }
  | { kind: 'unknown'; what: string; raw: string }

/** The service of this connection ends within a minute. */
export const CLOSING_SOON = '64008'

/** Reads a message. Whatever it is, it is not thrown: what cannot be read is `unknown`. */
export function readMessage(text: string): OkxMessage {
  if (text === 'pong') {
    return { kind: 'pong' }
  }
  const message = objectIn(text)
  if (message === null) {
    return { kind: 'unknown', what: 'no JSON object', raw: text }
  }
  const event = textIn(message, 'event')
  return event === null ? pushIn(message, text) : eventIn(event, message, text)
}

function eventIn(event: string, message: OkxRow, raw: string): OkxMessage {
  const code = textIn(message, 'code') ?? ''
  const words = textIn(message, 'msg') ?? ''
  const arg = (message.arg ?? {}) as OkxRow
  const channel = textIn(message, 'channel') ?? textIn(arg, 'channel') ?? ''
  switch (event) {
    case 'login':
      return code === '0' ? { kind: 'logged_in' } : { kind: 'error', code, text: words }
    case 'subscribe':
      return { kind: 'subscribed', channel }
    case 'channel-conn-count':
      return { kind: 'counted', channel }
    case 'channel-conn-count-error':
      return { kind: 'too_many', channel }
    case 'error':
    case 'notice':
      return { kind: event, code, text: words }
    default:
      return { kind: 'unknown', what: event, raw }
  }
}

function pushIn(message: OkxRow, raw: string): OkxMessage {
  const arg = (message.arg ?? {}) as OkxRow
  const channel = textIn(arg, 'channel')
  if (channel === null || !Array.isArray(message.data)) {
    return { kind: 'unknown', what: textIn(message, 'op') ?? 'no push', raw }
  }
  return {
    kind: 'push',
    channel,
    uid: textIn(arg, 'uid'),
    rows: rowsIn(message.data),
    eventType: textIn(message, 'eventType'),
  }
}

function objectIn(text: string): OkxRow | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as OkxRow) : null
  } catch {
    return null
  }
}
