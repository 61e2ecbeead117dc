import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { openGaps } from '#collectors/store/gaps'
import { backfillTron } from '#collectors/tron/backfill_tron'
import { beginAt } from '#collectors/tron/begin_at'
import { followTron } from '#collectors/tron/follow_tron'
import { mendAmong } from '#collectors/tron/tron_gaps'
import { missing } from '#demo/tron/faults/blocks'
import { withoutInfos } from '#demo/tron/faults/infos'
import { TRX } from '#demo/tron/stake_rules'
import type { PlayTransaction } from '#demo/tron/transaction'
import { emptyDatabase } from '#tests/support/database'
import { scanned } from '#tests/support/scanned_tron'

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

  test('provisional records come before their blocks are final, and a reorg takes them back', async ({
    assert,
  }) => {
    const { options, pool, renter, tron } = scanned()
    const follower = followTron({ ...options, fromBlock: 1, tellsProvisional: true })
    await follower.once()
    pool.undelegate(renter.address, 1n * TRX)
    tron.mine()
    pool.undelegate(renter.address, 2n * TRX)
    tron.mine()
    await follower.once()
    assert.deepEqual(await undelegations(), [
      [String(1n * TRX), 'provisional'],
      [String(2n * TRX), 'provisional'],
    ])

    tron.chain.reorg(1, () => true)
    tron.mine(25)
    await assert.rejects(() => follower.once(), /does not follow/)
    await follower.once()
    assert.deepEqual(await undelegations(), [[String(1n * TRX), 'confirmed']])
    const [{ planned_at: planned, amount }] = await db
      .from('delegate_records')
      .whereNotNull('removed_at')
    assert.deepEqual([planned, amount], [null, String(2n * TRX)])
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

  test('begun further ahead, blocks between are a gap that is read in parts', async ({
    assert,
  }) => {
    const { options, tron } = scanned()
    await followTron({ ...options, fromBlock: 1 }).once()
    tron.mine(258)
    await assert.rejects(() => beginAt(options, 42), /tron:backfill --from=42/)
    await assert.rejects(() => beginAt(options, 1000), /from 1 to 318/)
    await beginAt(options, 290)
    await followTron(options).once()

    assert.equal(await cursor(), 300)
    const skipped = { from: 43, to: 289, reason: 'skipped', detail: null }
    assert.deepEqual(await openGaps(options.nodes.network.chainId), [skipped])
    assert.isEmpty(await mendAmong(options, { from: 43, to: 289 }))
    const [{ blocks }] = await db.from('tron_blocks').count('* as blocks')
    assert.equal(Number(blocks), 300)
  })

  test('a block that nodes contradict each other about is a gap until one of them proves it', async ({
    assert,
  }) => {
    const isDelegation = ({ raw }: PlayTransaction) =>
      raw.contract.type === 'DelegateResourceContract'
    const { endpoints, options } = scanned(missing(isDelegation))
    endpoints[1]!.faults = [missing((one) => !isDelegation(one))]
    await followTron({ ...options, fromBlock: 1 }).once()
    assert.deepEqual(await gapReasons(), ['unproven'])
    assert.isEmpty(await kinds())

    endpoints.forEach((endpoint) => (endpoint.faults = []))
    assert.isEmpty(await mendAmong(options, { from: 1, to: 42 }))
    assert.deepEqual(await kinds(), ALL_KINDS)
  })
})

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

async function undelegations() {
  const rows = await db
    .from('delegate_records')
    .where('operation_type', 'undelegate')
    .whereNull('removed_at')
    .orderBy('id')
  return rows.map(({ amount, status }) => [amount, status])
}

async function cancels() {
  const rows = await db
    .from('stake_records')
    .where('operation_type', 'cancel')
    .whereNull('removed_at')
  return rows.map(({ amount, info_state: state }) => [amount, state])
}

async function gapReasons(): Promise<string[]> {
  const gaps = await db.from('scan_gaps').whereNull('closed_at')
  return gaps.map(({ reason }) => reason)
}
