/** What a column holds, whichever way its database stores it. */
export type ValueKind = 'integer' | 'text' | 'flag' | 'real' | 'time'

/**
 * A value as text that is the same for both databases: whole numbers of 64 bits in decimal, flags as `true`
 * and `false`, times in epoch milliseconds.
 */
export type PlainValue = string | null

export type PlainRow = readonly PlainValue[]

/** The kinds of the types that migrations name, on SQLite and on PostgreSQL. */
const KINDS: readonly [RegExp, ValueKind][] = [
  [/^(integer|bigint)$/, 'integer'],
  [/^(text|varchar\(\d+\)|character varying)$/, 'text'],
  [/^boolean$/, 'flag'],
  [/^(float|double precision)$/, 'real'],
  [/^(datetime|timestamp with time zone)$/, 'time'],
]

/** @throws where a type is used that no move knows yet */
export function kindOfType(type: string): ValueKind {
  const [, kind] = KINDS.find(([pattern]) => pattern.test(type.toLowerCase())) ?? []
  if (!kind) throw new Error(`A move of the database does not know the type ${type} yet`)
  return kind
}

/**
 * A value as its driver reads it, made plain.
 *
 * @throws TypeError where it does not fit its column, which SQLite allows
 */
export function toPlain(kind: ValueKind, value: unknown): PlainValue {
  if (value === null) return null
  switch (kind) {
    case 'integer':
      if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value)
      // PostgreSQL answers 64 bits as text.
      if (typeof value === 'string' && /^-?\d+$/.test(value)) return value
      break
    case 'text':
      if (typeof value === 'string') return value
      break
    case 'flag':
      if (value === true || value === 1n) return 'true'
      if (value === false || value === 0n) return 'false'
      break
    case 'real':
      if (typeof value === 'number' || typeof value === 'bigint') return String(Number(value))
      break
    case 'time':
      if (value instanceof Date) return String(value.getTime())
      if (typeof value === 'bigint') return String(value)
      if (typeof value === 'string') return plainTime(value)
  }
  throw new TypeError(`a ${typeof value} where ${NAMES[kind]} belongs`)
}

const NAMES: Record<ValueKind, string> = {
  integer: 'a whole number',
  text: 'a text',
  flag: 'a flag',
  real: 'a number',
  time: 'a time',
}

/** SQLite writes `2026-11-29 08:50:00` in UTC where a column has the time as its default. */
function plainTime(text: string): string {
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  if (Number.isNaN(time)) throw new TypeError('a text where a time belongs')
  return String(time)
}
