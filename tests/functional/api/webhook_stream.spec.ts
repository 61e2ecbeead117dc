import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { test } from '@japa/runner'
import { writeTransaction } from '#foundation/db/transaction'
import { raiseAlert } from '#delivery/alerts'
import { formatPosition, ownTypes } from '#feed/stream_position'
import type User from '#models/user'
import { authorized, storeUser } from '#tests/support/api_token'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { EventStreamReader } from '#tests/support/event_stream'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { storePayment } from '#tests/support/payments'
import { someWallet } from '#tests/support/wallets'

const STREAM = appUrl('/api/v1/webhook/stream')

async function storeAlert(owner: User | null) {
  const ownerId = owner?.id ?? null
  const { id } = await storeEndpoint(`http://127.0.0.1:9/${ownerId}`, { ownerId })
  const target = { channel: WEBHOOK, id, ownerId }
  const alert = { kind: 'endpoint.failing', target, label: 'endpoint', since: 1 } as const
  await writeTransaction((trx) => raiseAlert(trx, { ...alert, message: 'It fails' }, 2))
}

/** The position of an account's stream at this id of each kind. */
const positionAt = (id: number) =>
  formatPosition(Object.fromEntries(ownTypes(1, false).map((type) => [type, id])))

test.group('Stream of an account', (group) => {
  let user: User
  let other: User

  group.each.setup(async () => {
    await emptyDatabase()
    user = await storeUser(someAddress())
    other = await storeUser(someAddress())
  })

  /** The types of the next events, in alphabetic order. */
  async function typesAfter(
    count: number,
    headers: Record<string, string>,
    store: () => Promise<unknown>
  ) {
    const reader = await EventStreamReader.open(STREAM, headers)
    try {
      await store()
      const events = await reader.next(count)
      return events.map(({ event }) => event!).sort()
    } finally {
      reader.close()
    }
  }

  const storeMarket = () => Promise.all([storeLaunch(), storePool(), storeTrade()])
  const MARKET = ['launch.created', 'pool.created', 'trade.executed']

  test('the operator gets what concerns any user, and wallet records with their scope', async ({
    assert,
    client,
  }) => {
    const headers = await authorized(['webhooks:read', 'ocr:read', 'ocr:write'])

    const types = await typesAfter(8, headers, async () => {
      await storePayment(null)
      await storeMarket()
      await client.post('/api/v1/ocr/wallets').headers(headers).json(someWallet())
      for (const owner of [user, other]) {
        await storePayment(owner.id)
      }
      await storeAlert(user)
      await storeAlert(null)
    })

    const ofUs = ['ocr_wallet_data', 'payment.credited', 'payment.credited', 'push.alert']
    assert.deepEqual(types, [...MARKET, ...ofUs, 'push.alert'].sort())
  })

  test('a user gets the market and what concerns himself', async ({ assert, client }) => {
    const operator = await authorized()
    const headers = await authorized(['*'], user)

    const types = await typesAfter(5, headers, async () => {
      await client.post('/api/v1/ocr/wallets').headers(operator).json(someWallet())
      for (const owner of [null, other, user]) {
        await storePayment(owner?.id ?? null)
        await storeAlert(owner)
      }
      await storeMarket()
    })

    assert.deepEqual(types, [...MARKET, 'payment.credited', 'push.alert'].sort())
  })

  test('it resumes behind the last event, of each kind for itself', async ({ assert }) => {
    const headers = await authorized(['webhooks:read'])
    await storePool()
    const first = await EventStreamReader.open(STREAM, {
      ...headers,
      'last-event-id': positionAt(0),
    })
    const [pool] = await first.next(1)
    first.close()
    const missed = await storePool()

    const second = await EventStreamReader.open(STREAM, { ...headers, 'last-event-id': pool!.id! })
    const [next] = await second.next(1)
    second.close()

    assert.equal(JSON.parse(next!.data!).id, missed)
  })

  test('it is refused without a token', async ({ client }) => {
    const response = await client.get('/api/v1/webhook/stream')

    response.assertStatus(401)
  })
})
