import vine from '@vinejs/vine'
import { queryOf } from '#validators/query'
import { limit } from '#validators/rules'

export const endpointQuery = queryOf({ limit: limit(), cursor: vine.string().optional() })
