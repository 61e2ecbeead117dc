import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { FactType } from '#facts/registry'
import { factTypes } from '#facts/registry'
import { isOwn } from '#feed/stream_position'
import { writeTransaction } from '#foundation/db/transaction'
import Order from '#models/order'
import type User from '#models/user'
import { exportAccount } from '#accounts/personal_data/export_account'
import { tellResult } from '#verification/jobs/tell_result'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { recorded, startIngest } from '#tests/support/okx'
import { givePro } from '#tests/support/plans'
import { someWallet, Visitor } from '#tests/support/visitor'

const PRIVATE = (Object.keys(factTypes) as FactType[]).filter((type) => factTypes[type].isPrivate)

/** Something of every kind happens on the account of a user; there are another user and the operator. */
async function stand() {
  const [owner, other] = [await storeUser(someAddress()), await storeUser(someAddress())]
  const { push, clock } = await startIngest({ ownerId: owner.id })
  for (const user of [owner, other]) await givePro(user.id, clock)
  const happen = async () => {
    await push(recorded('spot_partially_filled'))
    await push(recorded('position_by_fill'))
    const order = await Order.firstOrFail()
    await writeTransaction((trx) =>
      tellResult(trx, order, { jobUid: 'j', result: 'succeeded' }, clock.now())
    )
    return order
  }
  return { owner, other, clock, happen }
}

test.group('What happens on an account at OKX', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is planned for the endpoints of its owner alone, of every kind', async ({ assert }) => {
    const { owner, other, clock, happen } = await stand()
    const own = await storeEndpoint('https://own.example', { ownerId: owner.id })
    await storeEndpoint('https://other.example', { ownerId: other.id })
    await storeEndpoint('https://operator.example')
    await happen()
    await newPlanner(clock).plan()

    const planned = await jobs()
    assert.sameMembers([...new Set(planned.map(({ fact_type: type }) => type))], PRIVATE)
    assert.deepEqual([...new Set(planned.map(({ target_id: id }) => Number(id)))], [Number(own.id)])
  })

  test('is in the live stream of its owner alone', ({ assert }) => {
    for (const type of PRIVATE) {
      const event = { type, row: { owner_id: 7 } } as never
      assert.deepEqual(
        [7, 8, null].map((reach) => isOwn(reach, event)),
        [true, false, false]
      )
    }
  })

  test('is in no list, page, story or evidence of anyone else', async ({ assert, client }) => {
    const { owner, other, happen } = await stand()
    const order = await happen()
    const headersOf = async (user?: User) => authorized(['webhooks:read'], user)

    for (const [user, seen] of [
      [owner, 1],
      [other, 0],
      [undefined, 0],
    ] as const) {
      const headers = await headersOf(user)
      const list = await client.get('/api/v1/orders').headers(headers)
      assert.lengthOf(list.body().data, seen)
      const story = await client.get(`/api/v1/orders/${order.id}`).headers(headers)
      story.assertStatus(seen ? 200 : 404)
      const accounts = await client.get('/api/v1/okx/accounts').headers(headers)
      assert.lengthOf(accounts.body().data, seen)
    }
  })

  test('is on the pages of its owner alone', async ({ assert }) => {
    const { owner, happen } = await stand()
    const [visitor, stranger] = [new Visitor(), new Visitor()]
    const wallet = someWallet()
    await owner.merge({ walletAddress: wallet.address.toLowerCase() }).save()
    await visitor.logIn(wallet)
    await stranger.logIn()
    const order = await happen()

    for (const [reader, isOwner] of [
      [visitor, true],
      [stranger, false],
    ] as const) {
      const page = await reader.get(`/orders/${order.id}`)
      assert.equal(page.status, isOwner ? 200 : 404)
      const list = await reader.get('/orders')
      assert.equal(list.text.includes(order.ordId!), isOwner)
    }
  })

  test('is in the export of its owner, without the key', async ({ assert }) => {
    const { owner, other, happen } = await stand()
    const order = await happen()
    await db.from('okx_accounts').update({ removed_at: 1, status: 'removed' })

    const file = await exportAccount(owner)
    assert.equal(file.okx!.orders[0].ord_id, order.ordId)
    for (const table of ['executions', 'positions', 'balances']) {
      assert.lengthOf(file.okx![table]!, 1)
    }
    assert.notMatch(JSON.stringify(file), /secret-|phrase-|key-\d/)
    const others = await exportAccount(other)
    assert.isNull(others.okx)
  })
})
