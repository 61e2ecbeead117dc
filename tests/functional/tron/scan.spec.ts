import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import TronAccount from '#models/tron_account'
import { backfillTron } from '#collectors/tron/backfill_tron'
import { checkAccount } from '#collectors/tron/check_account'
import { followTron, type FollowTronOptions } from '#collectors/tron/follow_tron'
import { storeTronReading } from '#collectors/tron/store_reading'
import { mendAmong } from '#collectors/tron/tron_gaps'
import { missing } from '#demo/tron/faults/blocks'
import type { TronFault } from '#demo/tron/faults/fault'
import { withoutInfos } from '#demo/tron/faults/infos'
import { base58Of } from '#demo/tron/keys'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import type { PlayTransaction } from '#demo/tron/transaction'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'
import { tronReading } from '#tests/support/tron_reading'

const ALL_KINDS = ['cancel', 'delegate', 'freeze', 'unfreeze']

test.group('Scanning TRON', (group) => {
  group.each.setup(() => emptyDatabase())

  test('stores stake of final blocks with the cursor, and goes on where it stopped', async ({
    assert,
  }) => {
    const { options, pool, renter, tron } = scanned()
    const follower = followTron({ ...options, fromBlock: 1 })
    await follower.once()
    assert.equal(await cursor(), 42)
    assert.deepEqual(await kinds(), ALL_KINDS)

    pool.undelegate(renter.address, 10n * TRX)
    tron.mine(19)
    await follower.once()
    assert.equal(await cursor(), 61)
    assert.deepEqual(await kinds(), [...ALL_KINDS, 'undelegate'].toSorted())
    const [block] = await db.from('tron_blocks').where('number', 61)
    assert.equal(block.proof_state, 'proven')
  })

  test('two processes do not read one network at once', async ({ assert }) => {
    const { options } = scanned()
    const [one, other] = [followTron(options), followTron(options)]
    assert.isTrue(await one.takeLease())
    await assert.rejects(() => other.once(), /Another scan:tron is at work/)
  })

  test('amounts that were missing are filled in by the gap that they left', async ({ assert }) => {
    const { endpoints, options } = scanned(withoutInfos())
    await followTron({ ...options, fromBlock: 1 }).once()
    assert.deepEqual(await cancels(), [[null, 'missing']])

    endpoints.forEach((endpoint) => (endpoint.faults = []))
    assert.isEmpty(await mendAmong(options, { from: 1, to: 42 }))
    assert.deepEqual(await cancels(), [[String(5n * TRX), 'agreed']])
  })

  test('a backfill stores the same as the scanner, and twice changes nothing', async ({
    assert,
  }) => {
    const { options } = scanned()
    for (let time = 0; time < 2; time++) {
      for await (const { to } of backfillTron(options, { from: 1, to: 30 })) assert.isAtMost(to, 30)
      assert.deepEqual(await kinds(), ALL_KINDS)
    }
  })

  test('an account agrees with its records, and is read again where it does not', async ({
    assert,
  }) => {
    const { options, pool, renter, tron } = scanned()
    const address = base58Of(pool.address)
    const { chainId } = options.nodes.network
    await TronAccount.create({ chainId, address, watchFrom: 1, createdAt: 0 })
    const follower = followTron({ ...options, fromBlock: 1 })
    const check = async () => {
      await follower.once()
      const { verdict, reason } = await checkAccount(options, address)
      return [verdict, reason]
    }
    assert.deepEqual(await check(), ['unknown', 'first'])

    pool.undelegate(renter.address, 10n * TRX)
    pool.unfreeze(7n * TRX)
    tron.mine(25)
    assert.deepEqual(await check(), ['agrees', null])

    pool.freeze(3n * TRX)
    tron.mine(25)
    await follower.once()
    await db
      .from('stake_records')
      .where('amount', String(3n * TRX))
      .delete()
    assert.deepEqual(await check(), ['differs', null])
    assert.deepEqual(await openGaps(), ['unproven'])
    assert.isEmpty(await mendAmong(options, { from: 1, to: 200 }))
    const restored = await db.from('stake_records').where('amount', String(3n * TRX))
    assert.lengthOf(restored, 1)
  })

  test('a block that nodes contradict each other about is a gap until one of them proves it', async ({
    assert,
  }) => {
    const isDelegation = ({ raw }: PlayTransaction) =>
      raw.contract.type === 'DelegateResourceContract'
    const { endpoints, options } = scanned(missing(isDelegation))
    endpoints[1]!.faults = [missing((one) => !isDelegation(one))]
    await followTron({ ...options, fromBlock: 1 }).once()
    assert.deepEqual(await openGaps(), ['unproven'])
    assert.isEmpty(await kinds())

    endpoints.forEach((endpoint) => (endpoint.faults = []))
    assert.isEmpty(await mendAmong(options, { from: 1, to: 42 }))
    assert.deepEqual(await kinds(), ALL_KINDS)
  })
})

/** A pool that has staked, delegated, unfrozen and thought better of it in block 2, and two nodes. */
function scanned(...faults: TronFault[]) {
  const clock = new SettableClock()
  const tron = new LocalTron({ clock })
  const [pool, renter] = [tron.wallet(), tron.wallet()]
  pool.freeze(100n * TRX)
  pool.delegate(renter.address, 10n * TRX)
  pool.unfreeze(5n * TRX)
  pool.cancelAll()
  tron.mine(59)

  const endpoints = [tron.endpoint({ faults }), tron.endpoint({ faults })]
  const { nodes, options: reading } = tronReading({ tron, endpoints, clock })
  const { chainId } = nodes.network
  const storing = { chainId, watchesAll: true }
  const options: FollowTronOptions = {
    ...reading,
    store: (trx, read, now) => storeTronReading(trx, read, storing, now),
  }
  return { endpoints, options, pool, renter, tron }
}

async function cursor(): Promise<number> {
  const [{ block_number: number }] = await db.from('scan_cursors')
  return Number(number)
}

async function kinds(): Promise<string[]> {
  const rows = [
    ...(await db.from('stake_records').whereNull('removed_at')),
    ...(await db.from('delegate_records').whereNull('removed_at')),
  ]
  return rows.map(({ operation_type: kind }) => kind).toSorted()
}

async function cancels() {
  const rows = await db
    .from('stake_records')
    .where('operation_type', 'cancel')
    .whereNull('removed_at')
  return rows.map(({ amount, info_state: state }) => [amount, state])
}

async function openGaps(): Promise<string[]> {
  const gaps = await db.from('scan_gaps').whereNull('closed_at')
  return gaps.map(({ reason }) => reason)
}
