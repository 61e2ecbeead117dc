import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import tronConfig from '#config/tron'
import { watchTron } from '#accounts/tron_accounts'
import { RecordCache } from '#feed/tron/record_cache'
import { systemClock } from '#foundation/clock'
import { DatabaseUnreachable } from '#foundation/db/database_fault'
import { authorized, storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { setWhile } from '#tests/support/settings'
import {
  someTronAddress,
  storeTronBlocks,
  timeOf,
  tronBlock,
  tronRecord,
  TRON,
} from '#tests/support/tron_records'

const HEX = '41c8599111f29c1e1e061265b4af93ea1f274ad78a'
const BASE58 = 'TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH'

/** Stores a freeze of each of these amounts, each in a block of its own. */
async function storeFreezes(owner: string, amounts: number[], from = 1) {
  const blocks = amounts.map((sun, index) =>
    tronBlock(from + index, [tronRecord({ kind: 'freeze', owner, amountSun: BigInt(sun) })])
  )
  await storeTronBlocks(blocks)
}

const amounts = (body: { data: { amount: string }[] }) => body.data.map(({ amount }) => amount)

test.group('The API of TRON', (group) => {
  group.each.setup(() => emptyDatabase())
  // As with a new process: what was answered of other tests is not kept.
  group.each.setup(async () => {
    const cache = await app.container.make('cache.manager')
    await cache.clear()
  })

  test('records are listed in pages with a total, newest first, and by cursor', async ({
    client,
    assert,
  }) => {
    const owner = someTronAddress()
    await storeFreezes(owner, [1, 2, 3], 100)
    await storeFreezes(someTronAddress(), [9], 200)
    await storeFreezes(owner, [0], 50)

    const list = '/api/v1/stake/records'
    const paged = await client.get(list).qs({ owner_address: owner, page: 2, limit: 2 })
    assert.deepEqual(amounts(paged.body()), ['1', '0'])
    assert.deepEqual(paged.body().meta, { next_cursor: null, page: 2, limit: 2, total: 4 })

    const first = await client.get(list).qs({ owner_address: owner, limit: 3 })
    const { next_cursor: cursor } = first.body().meta
    const second = await client.get(list).qs({ owner_address: owner, limit: 3, cursor })
    assert.sameMembers([...amounts(first.body()), ...amounts(second.body())], ['0', '1', '2', '3'])

    const lost = await client.get(list).qs({ page: 1 })
    assert.equal(lost.status(), 422)
    const filtered = { owner_address: owner, since: timeOf(101), operation_type: 'freeze', page: 1 }
    const newer = await client.get(list).qs(filtered)
    assert.deepEqual(amounts(newer.body()), ['3', '2'])
  })

  test('the answer of the original specification says where it comes from, and a commit renews it', async ({
    client,
    assert,
  }) => {
    const [owner, other] = [someTronAddress(), someTronAddress()]
    await storeFreezes(owner, [1])
    const watcher = { ownerId: null, chainId: TRON }
    await watchTron(watcher, { address: owner, poolAccountId: 'pool-7' }, systemClock)
    const ask = async (pool: string) => {
      const answer = await client.get('/api/stake/records').qs({ pool_account_id: pool, limit: 5 })
      return answer.body()
    }

    const { success, data, meta } = await ask('pool-7')
    assert.isTrue(success)
    assert.containsSubset(data[0], { operation_type: 'freeze', status: 'confirmed', amount: '1' })
    assert.deepEqual(meta, { page: 1, limit: 5, total: 1, source: 'database', partial: false })
    const again = await ask(owner)
    assert.equal(again.meta.source, 'cache')

    await storeFreezes(other, [5], 10)
    const untouched = await ask(owner)
    assert.equal(untouched.meta.source, 'cache')
    await storeFreezes(owner, [2], 11)
    const renewed = await ask(owner)
    assert.equal(renewed.meta.source, 'database')
    assert.deepEqual(amounts(renewed), ['2', '1'])

    const unknown = await client.get('/api/stake/records').qs({ pool_account_id: 'pool-8' })
    assert.equal(unknown.status(), 404)
  })

  test('an unfreeze tells whether and when it can be withdrawn', async ({ client, assert }) => {
    const owner = someTronAddress()
    const inTwoDays = systemClock.now() + 1.5 * 86_400_000
    const [past, future] = [timeOf(50), inTwoDays].map((availableAt) =>
      tronRecord({ kind: 'unfreeze', owner, availableAt, amountSun: BigInt(availableAt) })
    )
    await storeTronBlocks([tronBlock(10, [past!]), tronBlock(11, [future!])])

    for (const paging of [{ page: 1 }, {}]) {
      const query = { owner_address: owner, ...paging }
      const listed = await client.get('/api/v1/unfreeze/records').qs(query)
      const { data } = listed.body()
      assert.containsSubset(data[0], { can_withdraw: false, days_until_withdrawable: 2 })
      assert.equal(data[1].amount, String(timeOf(50)))
    }
    const summarized = await client.get('/api/v1/summary').qs({ address: owner })
    const { data: summary } = summarized.body()
    assert.containsSubset(summary.withdrawal, { total_unfreezes: 2 })
    assert.equal(summary.staking.net_staked, String(-BigInt(timeOf(50)) - BigInt(inTwoDays)))
  })

  test('an account tells what is delegated to whom and until when', async ({ client, assert }) => {
    const [owner, receiver] = [someTronAddress(), someTronAddress()]
    const delegation = (kind: 'delegate' | 'undelegate', sun: bigint, lockedUntil?: number) =>
      tronRecord({ kind, owner, receiver, amountSun: sun, lockedUntil: lockedUntil ?? null })
    await storeTronBlocks([
      tronBlock(1, [tronRecord({ kind: 'freeze', owner, amountSun: 100n })]),
      tronBlock(2, [delegation('delegate', 40n, 99)]),
      tronBlock(3, [delegation('undelegate', 15n)]),
    ])

    const shown = await client.get(`/api/v1/accounts/${owner}`)
    const { data } = shown.body()

    assert.deepEqual(data.staked, { ENERGY: '100' })
    assert.deepEqual(data.delegations, [
      {
        receiver_address: receiver,
        resource_type: 'ENERGY',
        amount: '25',
        locked_until: 99,
        since: timeOf(2),
      },
    ])
    assert.deepEqual(data.proof, { proven: 3, agreed: 0, single: 0 })
    assert.isFalse(data.is_watched)
  })

  test('accounts are watched for a user, in any form of the address, and no other sees them', async ({
    client,
    assert,
  }) => {
    const path = '/api/v1/accounts'
    const mine = await authorized(['*'], await storeUser(`0x${'1'.repeat(40)}`))
    const theirs = await authorized(['*'], await storeUser(`0x${'2'.repeat(40)}`))

    const made = await client.post(path).headers(mine).json({ address: HEX, label: 'Pool' })
    assert.equal(made.status(), 201)
    await client.post(path).headers(mine).json({ address: BASE58, label: 'Energy' })
    const list = async (headers: { authorization: string }) => {
      const listed = await client.get(path).headers(headers)
      return listed.body().data.map((one: any) => [one.address, one.label])
    }

    assert.deepEqual(await list(mine), [[BASE58, 'Energy']])
    assert.deepEqual(await list(theirs), [])
    const wrong = await client
      .post(path)
      .headers(mine)
      .json({ address: `${BASE58.slice(0, -1)}J` })
    assert.equal(wrong.status(), 422)

    const notTheirs = await client.delete(`${path}/${HEX}`).headers(theirs)
    assert.equal(notTheirs.status(), 404)
    const removed = await client.delete(`${path}/${HEX}`).headers(mine)
    assert.equal(removed.status(), 204)
    assert.deepEqual(await list(mine), [])
  })

  test('while the database cannot be read, TronGrid answers for an address, marked as partial', async (context) => {
    const { client, assert, cleanup } = context
    const contract = (type: string, value: object) => ({
      txID: 'ab'.repeat(32),
      blockNumber: 7,
      block_timestamp: 8,
      ret: [{ contractRet: 'SUCCESS' }],
      raw_data: { contract: [{ type, parameter: { value: { owner_address: HEX, ...value } } }] },
    })
    const grid = createServer((_, response) =>
      response.end(
        JSON.stringify({
          success: true,
          data: [
            contract('TransferContract', { amount: 1 }),
            contract('FreezeBalanceV2Contract', { frozen_balance: 5 }),
          ],
        })
      )
    )
    await new Promise<void>((resolve) => grid.listen(0, '127.0.0.1', resolve))
    cleanup(() => void grid.close())
    const { port } = grid.address() as AddressInfo
    setWhile(context.test, tronConfig, { gridUrl: `http://127.0.0.1:${port}` })
    const away = { get: () => Promise.reject(new DatabaseUnreachable('gone')) }
    app.container.swap(RecordCache, () => away as unknown as RecordCache)
    cleanup(() => app.container.restore(RecordCache))

    const answered = await client.get('/api/stake/records').qs({ pool_account_id: BASE58 })
    const { data, meta } = answered.body()

    assert.deepEqual(meta, { page: 1, limit: 20, total: null, source: 'fallback', partial: true })
    assert.lengthOf(data, 1)
    assert.containsSubset(data[0], {
      operation_type: 'freeze',
      owner_address: BASE58,
      resource_type: 'BANDWIDTH',
      amount: '5',
    })
  })
})
