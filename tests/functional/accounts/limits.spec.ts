import { test } from '@japa/runner'
import limitsConfig from '#config/limits'
import { systemClock } from '#foundation/clock'
import { isRefusal } from '#foundation/errors'
import User from '#models/user'
import { issueToken } from '#accounts/tokens/tokens'
import { startReplay } from '#webhooks/replays/start_replay'
import { authorized, storeUser } from '#tests/support/api_token'
import { someAddress } from '#tests/support/facts'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { givePro } from '#tests/support/plans'
import { everything } from '#tests/support/replays'

test.group('What one account may have', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    const usual = { ...limitsConfig }
    Object.assign(limitsConfig, { endpoints: 2, tokens: 2, replays: 2 })
    return () => void Object.assign(limitsConfig, usual)
  })

  let user: User
  group.each.setup(async () => {
    user = await storeUser(someAddress())
    await givePro(user.id)
  })

  test('are so many endpoints, and for the operator any number', async ({ client }) => {
    const headers = await authorized(['*'], user)
    const add = (path: string, own: typeof headers) =>
      client
        .post('/api/v1/webhook/endpoints')
        .headers(own)
        .json({ url: `https://192.88.98.1/${path}` })
    await add('1', headers)
    const second = await add('2', headers)
    second.assertStatus(201)

    const third = await add('3', headers)
    third.assertStatus(409)
    third.assertBodyContains({ errors: [{ code: 'too_many_endpoints' }] })
    const operator = await authorized()
    for (const path of ['1', '2', '3']) {
      const answer = await add(path, operator)
      answer.assertStatus(201)
    }
  })

  test('are so many tokens that are valid; one that is revoked makes room', async ({ assert }) => {
    const issue = (lifetimeMs: number | null) =>
      issueToken({ owner: user, name: 'bot', scopes: ['webhooks:read'], lifetimeMs })
    await issue(null)
    const { id } = await issue(null)
    await assert.rejects(() => issue(null), /An account may have 2 tokens/)

    await User.accessTokens.delete(user, id)
    await issue(null)
  })

  test('are so many replays that run, on all its endpoints together', async ({ assert }) => {
    const one = await storeEndpoint('http://127.0.0.1:1', { ownerId: user.id })
    const other = await storeEndpoint('http://127.0.0.1:2', { ownerId: user.id })
    await startReplay(everything(one), systemClock)
    await startReplay(everything(other), systemClock)

    const third = await startReplay(everything(other), systemClock).catch((error) => error)
    assert.isTrue(isRefusal(third, 'too_many_replays'))
  })
})
