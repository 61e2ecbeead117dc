import type { Address } from '#facts/on_chain'
import type { LegacyRow } from '#legacy/legacy_file'

/** A row that cannot be imported, and why. The others are, all the same. */
export class UnusableRow extends Error {}

/** Below it a number is Unix seconds, from it on milliseconds. */
const LEAST_MS = 100_000_000_000

/** The latest time that a date of JavaScript has, in epoch milliseconds. */
const LATEST_MS = 8_640_000_000_000_000

/** A text without control characters, of at most so many. @throws UnusableRow */
export function neededText(row: LegacyRow, column: string, longest = 128): string {
  const value = row[column]
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value
  // eslint-disable-next-line no-control-regex
  const isPlain = typeof text === 'string' && text.isWellFormed() && !/[\u0000-\u001f]/.test(text)
  if (!isPlain || text.trim() === '' || text.length > longest) {
    throw new UnusableRow(`${column} is no text of 1 to ${longest} characters`)
  }
  return text.trim()
}

/** In lower case. @throws UnusableRow */
export function neededAddress(row: LegacyRow, column: string): Address {
  const text = neededText(row, column)
  if (!isAddress(text)) throw new UnusableRow(`${column} is no address`)
  return text.toLowerCase() as Address
}

export function isAddress(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}

/**
 * Epoch milliseconds, of Unix seconds, milliseconds, or a date as SQLite and JavaScript write it (without a
 * zone: UTC).
 *
 * @throws UnusableRow
 */
export function neededTime(row: LegacyRow, column: string): number {
  const value = row[column]
  const isNumber = typeof value === 'number' || /^\d+(\.\d+)?$/.test(String(value))
  const time = isNumber ? fromNumber(Number(value)) : fromDate(String(value))
  if (!(time > 0 && time <= LATEST_MS)) throw new UnusableRow(`${column} is no time`)
  return time
}

function fromNumber(value: number): number {
  return Math.round(value < LEAST_MS ? value * 1000 : value)
}

function fromDate(text: string): number {
  const hasZone = /(z|[+-]\d\d:?\d\d)$/i.test(text)
  return /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(hasZone ? text : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`)
    : Number.NaN
}
