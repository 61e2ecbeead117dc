import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import type { Column, ColumnType } from '#facts/columns'
import type { FactKind } from '#facts/define_fact'
import {
  address,
  amount,
  decimal,
  hash,
  integer,
  sun,
  text,
  time,
  tronAddress,
  tronHash,
} from '#openapi/shapes'

/** How each type of column is shown. */
const SHAPES: Record<ColumnType, (column: Column) => any> = {
  number: integer,
  time,
  seconds: () => integer().meta({ description: 'Unix seconds' }),
  text,
  source: text,
  address,
  hash,
  pool_id: () => vine.string().regex(/^0x([0-9a-f]{40}|[0-9a-f]{64})$/),
  amount,
  choice: ({ choices }) => vine.enum(choices!),
  tron_address: tronAddress,
  tron_hash: tronHash,
  sun,
  decimal,
}

/** The public columns of a kind of fact, as answers and events show them. */
export function factShape({ fields }: FactKind): Record<string, SchemaTypes> {
  const shapes = Object.entries(fields).map(([name, column]) => {
    const shape = SHAPES[column.type](column)
    return [name, column.isNullable ? shape.nullable() : shape]
  })
  return Object.fromEntries(shapes)
}

/** A fact that the API description calls by its name. */
export function namedFact(kind: FactKind) {
  const fact = vine.object(factShape(kind))
  return kind.list ? fact.meta({ title: kind.list.title }) : fact
}
