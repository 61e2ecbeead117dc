import { describeEvents } from '#transformers/api_description/describe_events'
import { describeOperation } from '#transformers/api_description/describe_operation'
import { failureComponents } from '#transformers/api_description/failures'
import { operations } from '#transformers/api_description/operations'

/** The description of everything under /api, in OpenAPI 3.1. */
export function apiDocument(version: string) {
  const paths = Object.entries(operations).map(([path, methods]) => [
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
