import { describeEvents } from '#openapi/events'
import { API_TAGS, describeOperation } from '#openapi/operation'
import { failureComponents } from '#openapi/failures'
import { operations } from '#openapi/operations'

/** The description of everything but the pages, in OpenAPI 3.1. */
export function apiDocument(version: string) {
  const paths = Object.entries(operations()).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [
        method,
        describeOperation(path, operation),
      ])
    ),
  ])

  return {
    openapi: '3.1.0',
    info: {
      title: 'Regou',
      version,
      description:
        'Token launches, pools and trades on BNB Smart Chain, and the webhooks that tell of them. Amounts are decimal text in wei, times epoch milliseconds.',
      contact: { name: 'The operator of this installation' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(API_TAGS).map(([name, words]) => ({ name, description: words })),
    paths: Object.fromEntries(paths),
    webhooks: describeEvents(),
    components: {
      ...failureComponents,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of `node ace token:create`, with the scope that the route names',
        },
        internal_key: {
          type: 'http',
          scheme: 'bearer',
          description: 'What the operator has set as INTERNAL_API_KEY',
        },
      },
    },
  }
}
