/** What a column holds, and with that how it is stored, shown, and asked for in a list. */
export type ColumnType =
  | 'number'
  | 'time'
  | 'seconds'
  | 'text'
  | 'source'
  | 'address'
  | 'hash'
  | 'pool_id'
  | 'amount'
  | 'choice'
  | 'tron_address'
  | 'tron_hash'
  | 'sun'
  | 'decimal'

/** A public column of a fact. `Value` is what is written into it. */
export interface Column<Value = any> {
  type: ColumnType
  /** `bigint`: 64 bits wide, which PostgreSQL answers as text. */
  stored: 'text' | 'integer' | 'bigint'
  isNullable: boolean
  /** The values of a `choice`. */
  choices?: readonly string[]
  /** Never set: it carries the type. */
  readonly value?: Value
}

const column = <Value>(type: ColumnType, stored: Column['stored']): Column<Value> => ({
  type,
  stored,
  isNullable: false,
})

/** The number of the row. */
export const id = () => column<number>('number', 'bigint')

/** A whole number of any size that JavaScript tells apart: blocks, ids of other tables. */
export const wide = () => column<number>('number', 'bigint')

/** A whole number of 32 bits. */
export const whole = () => column<number>('number', 'integer')

/** Epoch milliseconds. */
export const time = () => column<number>('time', 'bigint')

/** Stored in epoch milliseconds, and shown in Unix seconds: docs/adr/0015. */
export const seconds = () => column<number>('seconds', 'bigint')

export const text = () => column<string>('text', 'text')

/** The name of the venue that a fact was read from. */
export const source = () => column<string>('source', 'text')

/** 20 bytes in lower-case hexadecimal. */
export const address = () => column<string>('address', 'text')

/** 32 bytes in lower-case hexadecimal. */
export const hash = () => column<string>('hash', 'text')

/** An address, or the 32 bytes by which newer venues name a pool. */
export const poolId = () => column<string>('pool_id', 'text')

/** Wei as decimal text. */
export const amount = () => column<string>('amount', 'text')

/** An address of TRON in base58. */
export const tronAddress = () => column<string>('tron_address', 'text')

/** 32 bytes in lower-case hexadecimal without `0x`, as TRON prints the ids of blocks and transactions. */
export const tronHash = () => column<string>('tron_hash', 'text')

/** Sun as decimal text: a TRX has a million. */
export const sun = () => column<string>('sun', 'text')

/** A decimal number as text, as the venue writes it: `-0.36`. */
export const decimal = () => column<string>('decimal', 'text')

export const choice = <Choice extends string>(choices: readonly Choice[]): Column<Choice> => ({
  ...column<Choice>('choice', 'text'),
  choices,
})

/** A column that may be null. */
export const nullable = <Value>(of: Column<Value>): Column<Value | null | undefined> => ({
  ...of,
  isNullable: true,
})
