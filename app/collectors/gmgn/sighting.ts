import type { LaunchKind } from '#facts/launch'
import { cleanText } from '#sources/clean_text'
import type { Address } from '#sources/facts'

/** A token in one of GMGN's lists, and what its being there says. */
export interface Sighting {
  kind: LaunchKind
  token: Address
  name?: string
  symbol?: string
  creator?: Address
  /** When it happened, in epoch milliseconds. */
  time: number
  /** The row as it came. */
  row: object
}

type Row = Record<string, unknown>

/**
 * Reads a row. Values may be numbers or numeric text, and only the address has to be there; a row
 * that does not say when, is taken to be of `now`.
 *
 * @returns null when the row names no token
 */
export function sightingOf(kind: LaunchKind, row: unknown, now: number): Sighting | null {
  const fields = (typeof row === 'object' && row !== null ? row : {}) as Row
  const token = address(fields.address)
  const times =
    kind === 'created'
      ? [fields.created_timestamp]
      : [fields.complete_timestamp, fields.open_timestamp]

  return (
    token && {
      kind,
      token,
      name: text(fields.name),
      symbol: text(fields.symbol),
      creator: address(fields.creator) ?? undefined,
      time: times.map(milliseconds).find((time) => time !== null) ?? now,
      row: fields,
    }
  )
}

/** What tells two sightings apart: GMGN has no transaction, block or id of an event. */
export function identityOf({ kind, token }: Pick<Sighting, 'kind' | 'token'>): string {
  return `gmgn:${kind}:${token}`
}

function address(value: unknown): Address | null {
  const isAddress = typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
  return isAddress ? (value.toLowerCase() as Address) : null
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? cleanText(value) : undefined
}

/** Unix seconds as a number or as text; 0 and less stand for unknown. */
function milliseconds(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null
}
