/**
 * How a column's value reads on both databases: PostgreSQL answers bigints as text and booleans
 * as booleans, SQLite answers numbers for both.
 */

export function toNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

export function toBoolean(value: unknown): boolean {
  return value === true || value === 1
}

export function fromJson(value: string | null): unknown {
  return value === null ? null : JSON.parse(value)
}

export function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** Amounts in wei are decimal text in the database and exact integers in the code. */
export function toWei(value: string): bigint {
  return BigInt(value)
}

export function toOptionalWei(value: string | null): bigint | null {
  return value === null ? null : BigInt(value)
}

export function fromWei(value: bigint | null): string | null {
  return value === null ? null : value.toString()
}
