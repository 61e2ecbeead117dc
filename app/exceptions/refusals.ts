import {
  EnvironmentEndpoint,
  RefusedEndpoint,
  UnknownEndpoint,
} from '#delivery/endpoints/endpoint_errors'

interface Refusal {
  of: abstract new (...args: never[]) => Error & { field?: string }
  status: number
  code: string
  /** For errors whose own words are those of a command. */
  message?: string
}

/** What the expected failures of the rooms are to a caller of the API. */
const REFUSALS: Refusal[] = [
  { of: RefusedEndpoint, status: 422, code: 'invalid_parameter' },
  { of: EnvironmentEndpoint, status: 409, code: 'environment_endpoint' },
  {
    of: UnknownEndpoint,
    status: 404,
    code: 'unknown_endpoint',
    message: 'There is no such endpoint. Those there are: GET /api/v1/webhook/endpoints',
  },
]

/** How a room's failure is answered, or null when it is not one that is expected. */
export function refusalOf(error: { message: string; field?: string }) {
  const refusal = REFUSALS.find(({ of }) => error instanceof of)
  if (!refusal) {
    return null
  }
  const { status, code, message = error.message } = refusal
  return { status, entry: { code, message, ...(error.field && { field: error.field }) } }
}
