import { Refusal, type RefusalKind } from '#foundation/errors'

const STATUSES: Record<RefusalKind, number> = {
  malformed: 400,
  unpaid: 402,
  unknown: 404,
  conflict: 409,
  invalid: 422,
  busy: 429,
}

/** How a refusal is answered, or null when the error is none. */
export function refusalOf(error: unknown) {
  if (!(error instanceof Refusal)) {
    return null
  }
  const { kind, code, apiMessage: message, field } = error
  return { status: STATUSES[kind], entry: { code, message, ...(field && { field }) } }
}
