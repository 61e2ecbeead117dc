import type { QueryClientContract } from '@adonisjs/lucid/types/database'

type ColumnType = 'bigint' | 'integer' | 'text'

/**
 * Rows handed to a statement as one JSON parameter. The fragment stands in a FROM clause and reads
 * as a table of the given columns; a statement keeps its shape however many rows it gets.
 */
export function jsonRows(
  client: QueryClientContract,
  alias: string,
  columns: Record<string, ColumnType>
): string {
  const names = Object.keys(columns)

  if (client.dialect.name === 'postgres') {
    const typed = names.map((name) => `${name} ${columns[name]}`)
    return `json_to_recordset(?::json) as ${alias}(${typed.join(', ')})`
  }

  const extracted = names.map((name) => `value ->> '$.${name}' as ${name}`)
  return `(select ${extracted.join(', ')} from json_each(?)) as ${alias}`
}

/** Runs a statement that answers rows. */
export async function rowsOf<T>(
  client: QueryClientContract,
  sql: string,
  bindings: unknown[]
): Promise<T[]> {
  const result = await client.rawQuery(sql, bindings as never)
  return Array.isArray(result) ? result : result.rows
}
