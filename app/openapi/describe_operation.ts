import { failureResponses } from '#openapi/failures'
import { jsonSchemaOf, type JsonSchema } from '#openapi/json_schema'
import { successesOf } from '#openapi/operation'
import type { Operation, Taken } from '#openapi/operation'

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

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    const type = name === 'source' ? 'string' : 'integer'
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
