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
  const { id, summary, description, scope, query, body, headers = {} } = operation
  return {
    operationId: id,
    summary,
    tags: [scope?.split(':')[0] ?? 'public'],
    ...(description && { description }),
    security: scope ? [{ token: [scope] }] : [],
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

function failuresOf(path: string, { scope, query, body, failures = [] }: Operation): Set<number> {
  const isList = query && 'cursor' in query.schema().properties
  return new Set([
    ...failures,
    ...(scope ? [401, 403, 429] : []),
    ...(path.includes('{') ? [404] : []),
    ...(query || scope ? [503] : []),
    ...(query ? [422] : []),
    ...(isList ? [400] : []),
    ...(body ? [400, 413, 422] : []),
  ])
}
