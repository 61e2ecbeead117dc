import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import { operations } from '#openapi/operations'

/** What answers pages, forms and the streams of single pages. */
const PAGES =
  /^\/(?:$|\*|assets|docs|demo|tokens|creators|tron(?:$|\/)|preferences|views|log|user-center|orders|renew|pay|pricing|play(?:$|\/)|alerts(?:$|\/)|operator|webhooks|wechat\/direct\/|[a-z0-9_-]+\.(?:js|png|ico|svg|webmanifest)$)/

/** The methods and paths of what is no page, in the notation of OpenAPI. */
function routes(): string[] {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ pattern }) => !PAGES.test(pattern))
    .flatMap(({ pattern, methods }) =>
      methods
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${pattern.replaceAll(/:(\w+)/g, '{$1}')}`)
    )
    .sort()
}

const described = Object.entries(operations()).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
)

test.group('API description', () => {
  test('it has every route that is no page, and no other', ({ assert }) => {
    assert.deepEqual(described.toSorted(), routes())
  })

  test('it is served as OpenAPI 3.1 in which names are unique and references lead somewhere', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/api/openapi.json')

    response.assertStatus(200)
    const document = response.body()
    assert.equal(document.openapi, '3.1.0')
    const names = Object.values(operations()).flatMap((methods) =>
      Object.values(methods).map(({ id }) => id)
    )
    assert.lengthOf(new Set(names), names.length)
    for (const [, path] of response.text().matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = path!.split('/').reduce((node, key) => node?.[key], document)
      assert.exists(target, path)
    }
  })

  test('it says what a route takes, what it needs and what it answers', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/api/openapi.json')
    const { paths } = response.body()

    const { parameters } = paths['/api/v1/launches'].get
    const kind = parameters.find(({ name }: { name: string }) => name === 'kind')
    assert.deepEqual(kind.schema, { enum: ['created', 'graduated'] })
    const { post } = paths['/api/v1/webhook/endpoints']
    assert.deepEqual(post.security, [{ token: [] }])
    const { schema } = post.requestBody.content['application/json']
    assert.deepEqual(schema.required, ['url'])
    assert.equal(schema.properties.concurrency.maximum, 1000)
    const { responses } = paths['/api/v1/webhook/endpoints/{id}'].get
    assert.includeMembers(Object.keys(responses), ['200', '401', '403', '404', '429', '500'])
  })
})
