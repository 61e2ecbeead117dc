import { test } from '@japa/runner'
import verificationConfig from '#config/verification'
import { queueFilled } from '#verification/jobs/queue_filled'
import { checkPackage } from '#verification/evidence/check_package'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount, storeOrder } from '#tests/support/orders'
import { setWhile } from '#tests/support/settings'
import { filledOrder, NEVER, newVerifier } from '#tests/support/verification'
import { someAddress } from '#tests/support/facts'

test.group('API of orders', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an order is announced once for its key, and found by its owner alone', async ({
    assert,
    client,
  }) => {
    const user = await storeUser(someAddress())
    const account = await storeOkxAccount({ ownerId: user.id })
    const headers = await authorized(['webhooks:read', 'webhooks:write'], user)
    const order = { account_id: account.id, inst_id: 'BTC-USDT', cl_ord_id: 'a1', px: '60000.5' }
    const announce = (body: object) =>
      client
        .post('/api/v1/orders')
        .headers({ ...headers, 'idempotency-key': 'k' })
        .json(body)

    const first = await announce(order)
    first.assertStatus(201)
    const second = await announce(order)
    assert.deepEqual(second.body(), first.body())
    const reused = await announce({ ...order, cl_ord_id: 'a2' })
    reused.assertStatus(409)

    const list = await client.get('/api/v1/orders?status=pending').headers(headers)
    assert.deepEqual(list.body().data, [first.body().data])
    const others = await client
      .get(`/api/v1/orders/${first.body().data.id}`)
      .headers(await authorized(['webhooks:read']))
    others.assertStatus(404)
  })

  test('an order without a name and an account of another user are refused', async ({ client }) => {
    const user = await storeUser(someAddress())
    const mine = await storeOkxAccount({ ownerId: user.id })
    const operators = await storeOkxAccount({ uid: '2' })
    const headers = await authorized(['webhooks:write'], user)
    const announce = (body: object) =>
      client
        .post('/api/v1/orders')
        .headers(headers)
        .json({ inst_id: 'BTC-USDT', ...body })

    const nameless = await announce({ account_id: mine.id })
    nameless.assertStatus(422)
    const foreign = await announce({ account_id: operators.id, ord_id: '1' })
    foreign.assertStatus(404)
  })

  test('the story of an order tells its executions, verification, evidence and audit chain', async ({
    assert,
    client,
    ...ctx
  }) => {
    const user = await storeUser(someAddress())
    const { clock, order, ask } = await filledOrder({ ownerId: user.id })
    const { folder, verifier } = await newVerifier(clock, ask)
    setWhile(ctx.test, verificationConfig, { folder })
    await queueFilled(clock)
    await verifier.workOnNext(NEVER)
    const headers = await authorized(['webhooks:read', 'webhooks:write'], user)

    const story = await client.get(`/api/v1/orders/${order.id}`).headers(headers)
    story.assertStatus(200)
    const { status, executions, verifications, evidence, audit_holds: holds } = story.body().data
    assert.deepEqual([status, executions.length, holds], ['completed', 1, true])
    assert.equal(verifications[0].evidence_uid, evidence[0].evidence_uid)

    const file = await client.get(`/api/v1/evidence/${evidence[0].evidence_uid}`).headers(headers)
    file.assertStatus(200)
    assert.isTrue(checkPackage(file.text()).every((check) => check.holds))
    const stranger = await client
      .get(`/api/v1/evidence/${evidence[0].evidence_uid}`)
      .headers(await authorized(['webhooks:read']))
    stranger.assertStatus(404)
  })

  test('a filled order is verified on request, and not twice at once', async ({
    assert,
    client,
  }) => {
    const account = await storeOkxAccount()
    const filled = await storeOrder(account, { status: 'filled', venueState: 'filled' })
    const open = await storeOrder(account, { ordId: '2', status: 'confirmed' })
    const headers = await authorized(['webhooks:write'])
    const verify = (id: number) => client.post(`/api/v1/orders/${id}/verification`).headers(headers)

    const asked = await verify(filled.id)
    asked.assertStatus(202)
    assert.match(asked.body().data.job_uid, /^[0-9A-Z]{26}$/)
    const [again, unfilled] = [await verify(filled.id), await verify(open.id)]
    assert.equal(again.body().errors[0].code, 'verification_in_progress')
    assert.equal(unfilled.body().errors[0].code, 'order_not_filled')
  })
})
