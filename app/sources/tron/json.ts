import { TronDecodeError } from '#sources/tron/decode_error'

export type JsonObject = Record<string, unknown>

/** @throws TronDecodeError */
export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TronDecodeError(`${what} is no object`)
  }
  return value as JsonObject
}

/** @throws TronDecodeError */
export function arrayOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new TronDecodeError(`${what} are no list`)
  }
  return value
}

/** @throws TronDecodeError */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') {
    throw new TronDecodeError('bytes are no hex')
  }
  return value
}

/** Bytes from hex. @throws TronDecodeError */
export function hexOf(value: unknown): Buffer {
  // Reading ends where the hex does.
  const bytes = typeof value === 'string' ? Buffer.from(value, 'hex') : null
  if (!bytes || bytes.length * 2 !== (value as string).length) {
    throw new TronDecodeError('bytes are no hex')
  }
  return bytes
}

/** A whole number, as a number or its text; 0 for one that is left out. @throws TronDecodeError */
export function integerOf(value: unknown): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : (value ?? 0)
  if (!Number.isSafeInteger(number)) {
    throw new TronDecodeError('a number is no whole one, or too large')
  }
  return number as number
}
