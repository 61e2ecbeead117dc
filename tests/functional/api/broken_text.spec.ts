import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { someWallet } from '#tests/support/wallets'

/** What PostgreSQL refuses and SQLite would store. */
const BROKEN = [
  { is: 'NUL', text: 'a\0b' },
  { is: 'half of a surrogate pair', text: 'a\ud83d' },
]

const ENDPOINT = { url: 'https://receiver.example/hook' }

/** Bodies with a text at a place, each refused by the name of the place. */
const BODIES: { path: string; field: string; body: (text: string) => object }[] = [
  { path: 'webhook/endpoints', field: 'url', body: (url) => ({ url }) },
  ...['description', 'filter', 'template'].map((field) => ({
    path: 'webhook/endpoints',
    field,
    body: (text: string) => ({ ...ENDPOINT, [field]: text }),
  })),
  {
    path: 'webhook/endpoints',
    field: 'headers.x-key',
    body: (text) => ({ ...ENDPOINT, headers: { 'x-key': text } }),
  },
  {
    path: 'webhook/endpoints',
    field: 'headers',
    body: (text) => ({ ...ENDPOINT, headers: { [text]: 'value' } }),
  },
  {
    path: 'webhook/endpoints',
    field: 'event_types.0',
    body: (text) => ({ ...ENDPOINT, event_types: [text] }),
  },
  { path: 'ocr/wallets', field: '0.group_id', body: (text) => [someWallet({ group_id: text })] },
  { path: 'accounts', field: 'address', body: (address) => ({ address }) },
  { path: 'accounts', field: 'label', body: (label) => ({ address: 'T', label }) },
]

const URLS = [
  { url: 'ocr/wallets?msg_id=%00', field: 'msg_id' },
  { url: 'ocr/wallets?wallet_code=a%00b', field: 'wallet_code' },
  { url: 'launches?cursor=%00', field: 'cursor' },
  { url: 'launches?token_address=0x%00', field: 'token_address' },
  { url: 'webhook/endpoints/1%00', field: 'id' },
  { url: 'accounts/T%00', field: 'address' },
]

test.group('Text that not every database can store', (group) => {
  group.each.setup(() => emptyDatabase())

  const everything = () => authorized(['webhooks:read', 'webhooks:write', 'ocr:read', 'ocr:write'])

  function refuses(response: Awaited<ReturnType<ApiClient['get']>>, field: string) {
    response.assertStatus(422)
    response.assertBodyContains({ errors: [{ code: 'invalid_parameter', field }] })
  }

  test('is refused by the name of its field in a body: {is}')
    .with(BROKEN)
    .run(async ({ client }, { text }) => {
      const headers = await everything()
      for (const { path, field, body } of BODIES) {
        refuses(await client.post(`/api/v1/${path}`).headers(headers).json(body(text)), field)
      }
    })

  test('is refused by the name of its parameter in queries and paths', async ({ client }) => {
    const headers = await everything()
    await storeEndpoint(ENDPOINT.url)

    for (const { url, field } of URLS) {
      refuses(await client.get(`/api/v1/${url}`).headers(headers), field)
    }
  })

  test('is refused in the form of a page as well', async ({ client }) => {
    refuses(await client.post('/preferences').form({ language: 'en\0' }), 'language')
  })

  test('is no error of ours, however deep the body is', async ({ client, assert }) => {
    const deep = `${'['.repeat(100_000)}"a"${']'.repeat(100_000)}`
    const response = await client
      .post('/api/v1/webhook/endpoints')
      .headers({ ...(await everything()), 'content-type': 'application/json' })
      .json(deep)

    assert.isBelow(response.status(), 500)
  })

  test('a path that is no UTF-8 is no error of ours', async ({ client, assert }) => {
    const headers = await everything()
    for (const path of ['accounts/%ED%A0%80', 'launches?cursor=%ED%A0%80', 'launches?cursor=%']) {
      const response = await client.get(`/api/v1/${path}`).headers(headers)
      assert.isBelow(response.status(), 500, path)
    }
  })
})
