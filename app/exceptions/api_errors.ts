import { errors } from '@adonisjs/core'
import type { HttpError } from '@adonisjs/core/types/http'
import { errors as vineErrors } from '@vinejs/vine'
import { ApiError, type ErrorEntry } from '#exceptions/api_error'
import { refusalOf } from '#exceptions/refusals'
import { isDatabaseAway } from '#foundation/db/explain_database'

interface ApiAnswer {
  status: number
  body: { errors: ErrorEntry[]; meta?: Record<string, unknown> }
}

/** What the body parser answers: no JSON, too large, an encoding it does not know. */
const UNREADABLE_BODY = [400, 413, 415, 422]

/** What an API caller is told about an error: a stable code, and nothing of our insides. */
export function toApiAnswer(error: HttpError): ApiAnswer {
  if (error instanceof ApiError) {
    const { status, errors: entries, meta } = error
    return { status, body: meta ? { errors: entries, meta } : { errors: entries } }
  }

  if (error instanceof vineErrors.E_VALIDATION_ERROR) {
    const entries = error.messages.map(({ message, field }: { message: string; field: string }) => {
      return { code: 'invalid_parameter', message, field }
    })
    return { status: 422, body: { errors: entries } }
  }

  const refusal = refusalOf(error)
  if (refusal) {
    return { status: refusal.status, body: { errors: [refusal.entry] } }
  }

  if (isDatabaseAway(error)) {
    const message =
      'The database cannot be asked at the moment. Repeat the request after the seconds of Retry-After.'
    return { status: 503, body: { errors: [{ code: 'database_unavailable', message }] } }
  }

  if (error instanceof errors.E_ROUTE_NOT_FOUND) {
    const message = 'There is nothing here. All there is: /api/openapi.json'
    return { status: 404, body: { errors: [{ code: 'route_not_found', message }] } }
  }

  if (UNREADABLE_BODY.includes(error.status)) {
    const message = `The body cannot be read: ${error.message}`
    return { status: error.status, body: { errors: [{ code: 'invalid_body', message }] } }
  }

  if (error.status >= 400 && error.status < 500) {
    return { status: error.status, body: { errors: [toEntry(error)] } }
  }

  const message = 'Something went wrong on our side. The request may be repeated.'
  return { status: 500, body: { errors: [{ code: 'internal_error', message }] } }
}

/** What a library refused: its code without its prefix, such as `bad_csrf_token`. */
function toEntry({ code, message }: HttpError): ErrorEntry {
  const name = /^E_[A-Z_]+$/.test(code ?? '') ? code!.slice(2).toLowerCase() : 'bad_request'
  return { code: name, message }
}
