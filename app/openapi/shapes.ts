import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'

/** What answers are made of. Strict: a number in quotes is no number. */

export const text = () => vine.string()

export const integer = () => vine.number({ strict: true }).withoutDecimals()

export const time = () => integer().meta({ description: 'Epoch milliseconds' })

export const amount = () => vine.string().regex(/^\d+$/).meta({ description: 'Wei in decimal' })

export const address = () => vine.string().regex(/^0x[0-9a-f]{40}$/)

export const tronAddress = () => vine.string().regex(/^T[1-9A-HJ-NP-Za-km-z]{33}$/)

export const tronHash = () => vine.string().regex(/^[0-9a-f]{64}$/)

export const sun = () =>
  vine.string().regex(/^\d+$/).meta({ description: 'Sun in decimal: a TRX has 1000000' })

export const decimal = () =>
  vine
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .meta({ description: 'A decimal number' })

export const hash = () => vine.string().regex(/^0x[0-9a-f]{64}$/)

/** The answer about one thing. */
export const oneOf = (thing: SchemaTypes) => vine.object({ data: thing })

/** A page of a list, which may be short; `next_cursor` is null on the last. */
export const pageOf = (thing: SchemaTypes) =>
  vine.object({
    data: vine.array(thing),
    meta: vine.object({
      next_cursor: vine
        .string()
        .nullable()
        .meta({ description: 'Null on the last page. Others may be short, or empty, too' }),
    }),
  })

/** A page of a list that has numbered pages too: what those tell is null where a cursor was used. */
export const numberedPageOf = (thing: SchemaTypes) =>
  vine.object({
    data: vine.array(thing),
    meta: vine.object({
      next_cursor: vine.string().nullable(),
      page: integer().nullable(),
      limit: integer(),
      total: integer().nullable().meta({ description: 'Of the newest 10000 of the address' }),
    }),
  })

export type JsonSchema = Record<string, any>

/** The JSON Schema of what is answered or sent: a property may be null, but is never missing. */
export function jsonSchemaOf(shape: SchemaTypes): JsonSchema {
  return withAllRequired(vine.create(shape).toJSONSchema())
}

/** Vine leaves out of `required` what may be null, and says nothing of the items of any list. */
function withAllRequired(schema: JsonSchema): JsonSchema {
  const { type, items, properties, anyOf } = schema
  return {
    ...schema,
    ...(items && { items: withAllRequired(items) }),
    ...(type === 'array' && !items && { items: {} }),
    ...(anyOf && { anyOf: anyOf.map(withAllRequired) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries<JsonSchema>(properties).map(([name, inner]) => [
          name,
          withAllRequired(inner),
        ])
      ),
      required: Object.keys(properties),
    }),
  }
}
