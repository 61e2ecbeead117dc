import type { ReplayKind } from '#models/replay'

/** What an endpoint is to be sent again. */
export interface ReplayRequest {
  endpointId: number
  kind: ReplayKind
  /** When it was stored, in epoch milliseconds: `since` is included, `until` is not. */
  since: number
  until: number
  /** Exact types, `launch.*`, or `*`; null for all that the endpoint asks for. */
  eventTypes: string[] | null
  /** Events in a second at most; null for as many as the endpoint takes. */
  ratePerSecond: number | null
  /** The most events to send; null for all. */
  eventLimit: number | null
  /** Also what was accepted already. */
  again: boolean
}
