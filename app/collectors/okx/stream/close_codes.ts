import { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxReason } from '#models/okx_reasons'

/** OKX's own codes of the closing frame, by its documentation of 2026-07. */
const REASONS: Record<number, OkxReason> = {
  4001: 'refused',
  4004: 'silent',
  4007: 'key_changed',
}

/** Codes that say what we did wrong: silence for 30 s, reading too slowly. */
const OWN_FAULTS = [4004, 4005]

/** Why OKX closed a connection. @param words what stood beside the code */
export function closedBecause(code: number, words: string): OkxFailure {
  const said = words ? `${words} (${code})` : `closed with ${code}`
  return new OkxFailure(REASONS[code] ?? 'disconnected', said, String(code))
}

export function isOwnFault({ code }: OkxFailure): boolean {
  return OWN_FAULTS.includes(Number(code))
}
