import type { SchemaTypes } from '@vinejs/vine/types'
import type { Scope } from '#accounts/tokens/scopes'
import { failureResponses } from '#openapi/failures'
import { jsonSchemaOf, type JsonSchema } from '#openapi/shapes'

/** What a route takes, as JSON Schema; the readers of app/validators are such. */
export interface Taken {
  schema: () => Record<string, any>
}

/** What the API description says of one route. */
export interface Operation {
  /** Its name in generated clients, in snake_case. */
  id: string
  summary: string
  description?: string
  /** What a token must be allowed to do; the route needs no token unless given. */
  scope?: Scope
  /** It takes the operator's key, INTERNAL_API_KEY. */
  isInternal?: boolean
  /** The group it stands in, where that does not follow from its scope. */
  tag?: ApiTag
  query?: Taken
  body?: Taken
  /** What may be sent along, by name, and what it does. */
  headers?: Record<string, string>
  /** The statuses of success: 200 unless given. */
  status?: number | number[]
  /**
   * What success answers in JSON: the tests check with it what is really answered. Each property
   * is always there, if only as null. None: no body, or one that is no JSON.
   */
  answer?: SchemaTypes
  /** The media type of an answer that is no JSON. */
  mediaType?: string
  /** Statuses of failure beside those that follow from the rest. */
  failures?: number[]
}

export function successesOf({ status = 200 }: Operation): number[] {
  return [status].flat()
}

/** Routes by path, parameters written as `{id}`, and by method. */
export type Operations = Record<
  string,
  Partial<Record<'get' | 'post' | 'patch' | 'delete', Operation>>
>

/** One route as OpenAPI 3.1 has it. */
export function describeOperation(path: string, operation: Operation) {
  const { id, summary, query, body, headers = {} } = operation
  return {
    operationId: id,
    summary,
    tags: [tagOf(operation)],
    description: descriptionOf(operation),
    security: securityOf(operation),
    parameters: [
      ...pathParameters(path),
      ...(query ? queryParameters(query) : []),
      ...headerParameters(headers),
    ],
    ...(body && { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(successesOf(operation).map((status) => [status, success(operation)])),
      ...failureResponses(failuresOf(path, operation)),
    },
  }
}

/** The groups of routes, and what each holds. */
export const API_TAGS = {
  public: 'Lists and streams that need no token',
  webhooks: 'What is an account’s own: endpoints, deliveries, accounts at venues, orders',
  ocr: 'Wallet codes from pictures',
  internal: 'For the operator’s programs, with INTERNAL_API_KEY',
  services: 'What other services call, each call signed by the caller',
  health: 'For load balancers and monitors',
  pages: 'What stands beside the pages: feeds and streams of them',
  events: 'What endpoints are sent',
} as const

export type ApiTag = keyof typeof API_TAGS

function tagOf({ tag, scope, isInternal }: Operation): ApiTag {
  if (tag) return tag
  if (isInternal) return 'internal'
  return scope ? (scope.split(':')[0] as ApiTag) : 'public'
}

/** A scope is no role of OpenAPI: it stands in the words, and in the answer of 403. */
function descriptionOf({ description, scope, isInternal }: Operation): string {
  const key = isInternal ? 'Takes the operator’s key.' : 'Takes no token.'
  const needs = scope ? `Takes a token with the scope \`${scope}\`.` : key
  return description ? `${description} ${needs}` : needs
}

function securityOf({ scope, isInternal }: Operation): object[] {
  if (isInternal) return [{ internal_key: [] }]
  return scope ? [{ token: [] }] : []
}

/** Parameters of paths that are no numbers. */
const TEXTS = ['source', 'address', 'uid']

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    const type = TEXTS.includes(name!) ? 'string' : 'integer'
    return { name, in: 'path', required: true, schema: { type } }
  })
}

function queryParameters(query: Taken) {
  const { properties, required } = query.schema()
  return Object.entries<JsonSchema>(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function headerParameters(headers: Record<string, string>) {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }))
}

function requestBody(body: Taken) {
  const schema = body.schema()
  const required = schema.type !== 'object' || schema.required.length > 0
  return { required, content: { 'application/json': { schema } } }
}

function success({ summary, answer, mediaType }: Operation) {
  if (answer) {
    const schema = jsonSchemaOf(answer)
    return { description: summary, content: { 'application/json': { schema } } }
  }
  return { description: summary, ...(mediaType && { content: { [mediaType]: {} } }) }
}

function failuresOf(path: string, operation: Operation): Set<number> {
  const { scope, isInternal, query, body, failures = [] } = operation
  return new Set([
    // An address that cannot be decoded, and what is our fault.
    ...[400, 500],
    ...failures,
    ...(scope ? [401, 403, 429] : []),
    ...(isInternal ? [401, 403] : []),
    ...(path.includes('{') ? [404] : []),
    ...(query || scope ? [503] : []),
    ...(query ? [422] : []),
    ...(body ? [413, 415, 422] : []),
  ])
}
