import { describeEvents } from '#openapi/events'
import { describeOperation } from '#openapi/operation'
import { failureComponents } from '#openapi/failures'
import { operations } from '#openapi/operations'

/** The description of everything under /api, in OpenAPI 3.1. */
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
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
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
      },
    },
  }
}
