import { queryOf } from '#validators/query'
import { cursor, limit } from '#validators/rules'

export const endpointQuery = queryOf({ limit: limit(), cursor: cursor() })
