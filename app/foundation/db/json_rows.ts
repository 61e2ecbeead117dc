import type { QueryClientContract } from '@adonisjs/lucid/types/database'

export type ColumnType = 'bigint' | 'integer' | 'text' | 'double precision'

/** The columns of rows that are handed over as JSON, in their order. */
export type JsonColumns = Record<string, ColumnType>

/**
 * Rows handed to a statement as one JSON parameter, made by `jsonOf`. The fragment stands in a
 * FROM clause and reads as a table of the given columns; a statement keeps its shape however many
 * rows it gets. PostgreSQL reads `json` from its start for each column, `jsonb` only once.
 */
export function jsonRows(client: QueryClientContract, alias: string, columns: JsonColumns): string {
  const isPostgres = client.dialect.name === 'postgres'
  const extracted = Object.entries(columns).map(([name, type], index) =>
    isPostgres ? `(value ->> ${index})::${type} as ${name}` : `value ->> ${index} as ${name}`
  )
  const elements = isPostgres ? 'jsonb_array_elements(?::jsonb)' : 'json_each(?)'

  return `(select ${extracted.join(', ')} from ${elements}) as ${alias}`
}

/** Rows by position, which reads nearly twice as fast as by name. What a row leaves out is null. */
export function jsonOf(columns: JsonColumns, rows: readonly object[]): string {
  const names = Object.keys(columns)
  return JSON.stringify(rows.map((row) => names.map((name) => row[name as keyof typeof row])))
}

/** Ids handed to a statement as one JSON parameter, to stand behind `in`. */
export function jsonIds(client: QueryClientContract): string {
  return client.dialect.name === 'postgres'
    ? '(select value::bigint from json_array_elements_text(?::json))'
    : '(select value from json_each(?))'
}

/** The same for texts. */
export function jsonTexts(client: QueryClientContract): string {
  return client.dialect.name === 'postgres'
    ? '(select value from json_array_elements_text(?::json))'
    : '(select value from json_each(?))'
}
