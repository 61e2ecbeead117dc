import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { tokenLimit } from '#config/limiter'
import { operatorAccount } from '#accounts/find_account'
import { issueToken, listTokens, revokeToken } from '#accounts/tokens/tokens'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'

const PATH = '/api/v1/webhook/endpoints'

const issue = async (scopes: string[], lifetimeMs: number | null = null) =>
  issueToken({ owner: await operatorAccount(), name: 'test', scopes, lifetimeMs })

test.group('API tokens', (group) => {
  group.each.setup(() => emptyDatabase())

  test('without a token the answer says how to get one', async ({ client }) => {
    const response = await client.get(PATH)

    response.assertStatus(401)
    response.assertHeader('www-authenticate', 'Bearer realm="regou"')
    response.assertBodyContains({ errors: [{ code: 'missing_token' }] })
  })

  test('a token with the scope opens the route, also with all scopes', async ({ client }) => {
    for (const scope of ['webhooks:read', '*']) {
      const response = await client.get(PATH).headers(await authorized([scope]))
      response.assertStatus(200)
      response.assertBody({ data: [], meta: { next_cursor: null } })
    }
  })

  test('a token without the scope is told which one it needs', async ({ client }) => {
    const response = await client.get(PATH).headers(await authorized(['ocr:write']))

    response.assertStatus(403)
    response.assertHeader(
      'www-authenticate',
      'Bearer realm="regou", error="insufficient_scope", scope="webhooks:read"'
    )
    const message = 'This needs the scope webhooks:read; the token has: ocr:write'
    response.assertBody({ errors: [{ code: 'missing_scope', message }] })
  })

  test('a token that is forged, expired or revoked is refused', async ({ client, assert }) => {
    const { token: expired } = await issue(['*'], 60_000)
    await db.from('access_tokens').update({ expires_at: new Date(0) })
    const { token: revoked, id } = await issue(['*'])
    await revokeToken(String(id))
    const { token } = await issue(['*'])
    const forged = token.replace(/\..*/, `.${Buffer.from('guessed').toString('base64url')}`)
    const strange = `regou_${Buffer.from("1' or 1").toString('base64url')}.c2VjcmV0`

    for (const sent of [expired, revoked, forged, strange, 'regou_', token.slice(6), '']) {
      const response = await client.get(PATH).header('authorization', `Bearer ${sent}`)
      response.assertStatus(401)
      response.assertBodyContains({ errors: [{ code: 'invalid_token' }] })
    }
    const [, last] = await listTokens()
    assert.isNull(last!.last_used_at, 'a guess is no use of the token')
  })

  test('its use is written down once a minute, not with every request', async ({
    client,
    assert,
  }) => {
    const headers = await authorized()
    await client.get(PATH).headers(headers)
    const [first] = await listTokens()
    await client.get(PATH).headers(headers)
    const [second] = await listTokens()

    assert.isNotNull(first!.last_used_at)
    assert.equal(second!.last_used_at, first!.last_used_at)

    const longAgo = new Date(Date.now() - 61_000)
    await db.from('access_tokens').update({ last_used_at: longAgo })
    await client.get(PATH).headers(headers)
    const [third] = await listTokens()
    assert.isAbove(third!.last_used_at!, longAgo.getTime())
  })

  test('a token that asks too often has to wait, and another has not', async ({
    client,
    assert,
  }) => {
    const { token, id } = await issue(['*'])
    const headers = { authorization: `Bearer ${token}` }
    await limiter.use(tokenLimit).set(String(id), tokenLimit.requests - 1, '1 minute')

    const last = await client.get(PATH).headers(headers)
    last.assertStatus(200)
    last.assertHeader('ratelimit-limit', String(tokenLimit.requests))
    last.assertHeader('ratelimit-remaining', '0')

    const response = await client.get(PATH).headers(headers)
    response.assertStatus(429)
    response.assertBodyContains({ errors: [{ code: 'too_many_requests' }] })
    const wait = Number(response.header('retry-after'))
    assert.isTrue(wait > 0 && wait <= 60)

    const other = await client.get(PATH).headers(await authorized())
    other.assertStatus(200)
  })

  test('what makes no useful token is refused, a scope with the one that was meant', async ({
    assert,
  }) => {
    await assert.rejects(() => issue(['webhook:read']), /Did you mean "webhooks:read"\?/)
    await assert.rejects(() => issue(['admin']), /There are: webhooks:read/)
    await assert.rejects(() => issue([]), /Name a scope/)
    await assert.rejects(() => issue(['*'], 0), /expires at once is of no use/)
  })
})
