import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import WebhookEndpoint from '#models/webhook_endpoint'
import { revoke } from '#billing/plans/change_plan'
import { replayStep } from '#webhooks/replays/replay_step'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeTrade } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'

const PATH = '/api/v1/webhook/endpoints'
const URL = 'https://192.88.98.1/hooks'
const NEEDS_PRO = {
  code: 'needs_pro',
  message: 'This is part of Pro, and no Pro plan runs. Begin or renew one at /renew',
}
const HISTORY = { kind: 'history', since: 0 }

test.group('Webhook endpoints over HTTP: what takes Pro', (group) => {
  group.each.setup(() => emptyDatabase())

  async function newUser() {
    const user = await storeUser(someAddress())
    return { user, headers: await authorized(['*'], user) }
  }

  test('adding an endpoint takes Pro, and so does putting one back in service', async ({
    client,
    assert,
  }) => {
    const { user, headers } = await newUser()
    const refused = await client.post(PATH).headers(headers).json({ url: URL })
    refused.assertStatus(402)
    refused.assertBody({ errors: [NEEDS_PRO] })
    assert.isEmpty(await WebhookEndpoint.all())

    const own = await storeEndpoint(URL, { ownerId: user.id, state: 'disabled' })
    const change = (state: string) =>
      client.patch(`${PATH}/${own.id}`).headers(headers).json({ state })
    const enabling = await change('active')
    enabling.assertStatus(402)
    const disabling = await change('disabled')
    disabling.assertStatus(200)

    await givePro(user.id)
    const paid = await change('active')
    paid.assertStatus(200)
  })

  test('whose plan has ended replays nothing, neither history nor one delivery', async ({
    client,
    assert,
  }) => {
    const { user, headers } = await newUser()
    await givePro(user.id)
    const own = await storeEndpoint(URL, { ownerId: user.id })
    const replays = `${PATH}/${own.id}/replays`
    await storeTrade()
    await newPlanner().plan()
    await db.from('notification_jobs').update({ status: 'failed' })
    const [failed] = await jobs()
    const begun = await client.post(replays).headers(headers).json(HISTORY)
    begun.assertStatus(201)

    await revoke(user.id, undefined, systemClock)
    const refused = await client.post(replays).headers(headers).json(HISTORY)
    refused.assertStatus(402)
    refused.assertBody({ errors: [NEEDS_PRO] })
    const again = { ids: [Number(failed!.id)] }
    const left = await client.post('/api/v1/webhook/deliveries/replay').headers(headers).json(again)
    assert.containsSubset(left.body().data, { replayed: [], left: [{ code: 'needs_pro' }] })

    await replayStep(begun.body().data.id, systemClock)
    assert.lengthOf(await jobs({ status: 'failed' }), 1, 'one that runs waits')
    const waiting = await client.get(`${replays}/${begun.body().data.id}`).headers(headers)
    assert.equal(waiting.body().data.state, 'running')
  })
})
