import db from '@adonisjs/lucid/services/db'
import type { MovedTable } from '#moves/database_side'
import type { PlainRow, PlainValue } from '#moves/plain_values'

/** No JavaScript number holds it. */
const LARGE = 9_007_199_254_740_993n

/** Nothing on the way may change one of these. */
const TEXTS = ['', `it's "so"`, 'a\\b\nc\t{1,2}', '新币 🚀', 'NULL']

interface Column {
  table_name: string
  column_name: string
  data_type: string
  character_maximum_length: number | null
  is_nullable: string
}

/**
 * So many rows for each table, which can be stored in this order: some have each optional value, some
 * have none.
 */
export async function rowsForAll(
  tables: readonly MovedTable[],
  countOf: (table: string) => number
): Promise<[MovedTable, PlainRow[]][]> {
  const { rows: columns } = await db.rawQuery<{ rows: Column[] }>(
    'select * from information_schema.columns where table_schema = current_schema()'
  )
  const known = new Map(columns.map((one) => [`${one.table_name}.${one.column_name}`, one]))
  return tables.map((table) => [
    table,
    Array.from({ length: countOf(table.name) }, (_, index) =>
      table.columns.map(({ name }) => valueOf(known.get(`${table.name}.${name}`)!, index))
    ),
  ])
}

function valueOf(column: Column, index: number): PlainValue {
  const { column_name: name, data_type: type, character_maximum_length: longest } = column
  if (column.is_nullable === 'YES' && index % 2 === 1) return null
  switch (type) {
    case 'boolean':
      return String(index % 2 === 0)
    case 'double precision':
      return String(index / 3)
    case 'timestamp with time zone':
    case 'bigint':
      // Rows refer to each other by these, and a beat is long ago.
      if (/(_|^)id$/.test(name) || name === 'beat_at') return String(index + 1)
      if (type === 'bigint' && name.endsWith('_at')) return String(LARGE + BigInt(index))
      return String(1_767_225_600_123 + index)
    case 'integer':
      return String(index + 1)
    default:
      return [...`${index}${TEXTS[index % TEXTS.length]}`].slice(0, longest ?? undefined).join('')
  }
}
