import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'

export type JsonSchema = Record<string, any>

/** The JSON Schema of what is answered or sent: a property may be null, but is never missing. */
export function jsonSchemaOf(shape: SchemaTypes): JsonSchema {
  return withAllRequired(vine.create(shape).toJSONSchema())
}

/** Vine leaves out of `required` what may be null. */
function withAllRequired(schema: JsonSchema): JsonSchema {
  const { items, properties, anyOf } = schema
  return {
    ...schema,
    ...(items && { items: withAllRequired(items) }),
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
