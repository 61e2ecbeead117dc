import { Decimal } from '#foundation/text/decimal'

/** A row of a push or of an answer of OKX: every number is text, and what is not there is ''. */
export type OkxRow = Readonly<Record<string, unknown>>

/** A row that is not as OKX describes it. It is kept as it is, and counted. */
export class OkxDecodeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** Numbers in exponential form do not occur in OKX's documentation, but mean what they say. */
const PLAIN = /^-?\d+(\.\d+)?$/

/** A word or an id, or null. */
export function textIn(row: OkxRow, name: string): string | null {
  const value = row[name]
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** @throws OkxDecodeError where there is none */
export function neededText(row: OkxRow, name: string): string {
  return textIn(row, name) ?? missing(name)
}

/** A number as OKX writes it, or null. @throws OkxDecodeError where it is none */
export function decimalIn(row: OkxRow, name: string): string | null {
  const text = textIn(row, name)
  if (text === null || PLAIN.test(text)) {
    return text
  }
  try {
    return Decimal.parse(text.toLowerCase()).toString()
  } catch {
    throw new OkxDecodeError(`${name} is no number`)
  }
}

/** @throws OkxDecodeError where there is none */
export function neededDecimal(row: OkxRow, name: string): string {
  return decimalIn(row, name) ?? missing(name)
}

/** Epoch milliseconds, or null. @throws OkxDecodeError where it is no time */
export function timeIn(row: OkxRow, name: string): number | null {
  const text = textIn(row, name)
  if (text === null) {
    return null
  }
  const time = Number(text)
  if (!Number.isSafeInteger(time)) throw new OkxDecodeError(`${name} is no time`)
  return time
}

/** @throws OkxDecodeError where there is none */
export function neededTime(row: OkxRow, name: string): number {
  return timeIn(row, name) ?? missing(name)
}

function missing(name: string): never {
  throw new OkxDecodeError(`${name} is missing`)
}

/** The rows in a member that holds a list. */
export function rowsIn(value: unknown): OkxRow[] {
  return Array.isArray(value) ? value.filter((row) => typeof row === 'object' && row !== null) : []
}
