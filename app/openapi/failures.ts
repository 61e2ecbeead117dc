/** The ways in which requests fail, by status, in the words of the API description. */
const FAILURES: Record<number, string> = {
  400: 'A cursor, a position or a body that cannot be read',
  401: 'No token, or one that is unknown, revoked or expired',
  402: 'It is part of Pro, and no Pro plan runs: /renew',
  403: 'The token lacks the scope',
  404: 'There is nothing with this name, or it is another’s',
  409: 'Its state does not allow this',
  413: 'The body is too large',
  415: 'The body is not JSON, not named so, or compressed in a way that is not undone',
  422: 'A parameter is missing, unknown, or has a value that it cannot have',
  429: 'The token has used up its minute, or too many ask for the same',
  500: 'Our fault; the request may be repeated',
  503: 'The database cannot be asked at the moment, or too much waits already',
}

/** What the document calls a failure. */
const failureName = (status: number | string) => `Failure${status}`

const errors = {
  type: 'object',
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          code: { type: 'string', description: 'Stable: switch on it' },
          message: { type: 'string', description: 'For people' },
          field: { type: 'string', description: 'The parameter at fault' },
        },
        required: ['code', 'message'],
      },
    },
    meta: { type: 'object' },
  },
  required: ['errors'],
}

const answer = (description: string, headers?: object) => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Errors' } } },
})

const waiting = {
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
}

/** What the operations refer to. */
export const failureComponents = {
  schemas: { Errors: errors },
  responses: Object.fromEntries([
    ...Object.entries(FAILURES).map(([status, words]) => [
      failureName(status),
      answer(words, ['429', '503'].includes(status) ? waiting : undefined),
    ]),
  ]),
}

/** References to some failures. By status, so that generated clients can tell them apart. */
export function failureResponses(statuses: Iterable<number>) {
  const refer = (name: string) => ({ $ref: `#/components/responses/${name}` })
  return Object.fromEntries(
    [...statuses].sort().map((status) => [status, refer(failureName(status))])
  )
}
