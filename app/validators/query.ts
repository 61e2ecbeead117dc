import type { SchemaTypes } from '@vinejs/vine/types'
import { messages } from '#validators/rules'
import { strictly } from '#validators/strict'

/** The query parameters a route understands. */
export const queryOf = <Properties extends Record<string, SchemaTypes>>(properties: Properties) =>
  strictly(properties, { place: 'This list', messages })
