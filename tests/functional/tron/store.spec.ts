import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import UnfreezeRecord from '#models/unfreeze_record'
import { emptyDatabase } from '#tests/support/database'
import {
  DAY_MS,
  someTronAddress,
  storeTronBlocks,
  timeOf,
  tronBlock,
  tronRecord,
  tronRows,
} from '#tests/support/tron_records'

const NILE = 3_448_148_188

/** So many blocks later an unfreeze of these tests can be withdrawn. */
const DELAY_BLOCKS = 100

const owner = someTronAddress()

const unfreeze = (block: number, amountSun: bigint) =>
  tronRecord({
    kind: 'unfreeze',
    owner,
    amountSun,
    availableAt: timeOf(block - 1 + DELAY_BLOCKS),
  })

const withdraw = (amountSun: bigint | null, more: object = {}) =>
  tronRecord({ kind: 'withdraw', owner, resource: null, amountSun, infoState: 'single', ...more })

const cancel = (amountSun: bigint, more: object = {}) =>
  tronRecord({ kind: 'cancel', owner, amountSun, infoState: 'single', ...more })

/** What became of the unfreezings, in the order of the chain. */
async function states(): Promise<string[]> {
  const records = await UnfreezeRecord.query().orderBy('blockNumber')
  return records.map(({ status }) => status)
}

async function infoStates(): Promise<string[]> {
  const rows = await tronRows('stake_records').whereNot('operation_type', 'unfreeze')
  return rows.filter(({ removed_at: removed }) => removed === null).map((row) => row.info_state)
}

test.group('Records of TRON', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a block is stored once, however often it is read, on a chain of any id', async ({
    assert,
  }) => {
    const receiver = someTronAddress()
    const block = tronBlock(
      7,
      [
        tronRecord({ kind: 'freeze', owner, amountSun: 402_000_000n }),
        tronRecord({
          kind: 'delegate',
          owner,
          receiver,
          lock: true,
          lockBlocks: 9,
          lockedUntil: 8,
        }),
        unfreeze(7, 5n),
      ],
      { unreadable: [{ txId: 'ab', txIndex: 9, detail: 'no owner' }] }
    )

    const first = await storeTronBlocks([block], { chainId: NILE })
    const again = await storeTronBlocks([block], { chainId: NILE })

    assert.deepEqual(first, { stake: 2, delegate: 1, quarantined: 1 })
    assert.deepEqual(again, { stake: 0, delegate: 0, quarantined: 0 })
    const [freeze] = await tronRows('stake_records')
    assert.containsSubset(freeze, {
      amount: '402000000',
      owner_address: owner,
      proof_state: 'proven',
    })
    assert.equal(Number(freeze.chain_id), NILE)
    const [delegation] = await tronRows('delegate_records')
    assert.containsSubset(delegation, { receiver_address: receiver, status: 'confirmed' })
    assert.lengthOf(await db.from('tron_blocks'), 1)
    assert.lengthOf(await db.from('unfreeze_records'), 1)
  })

  test('an unfreeze is ready with time and withdrawn by any step of its owner alone', async ({
    assert,
  }) => {
    await storeTronBlocks([tronBlock(10, [unfreeze(10, 3n)])])
    await storeTronBlocks([tronBlock(50, [withdraw(9n, { owner: someTronAddress() })])])
    assert.deepEqual(await states(), ['waiting'])

    await storeTronBlocks([tronBlock(10 + DELAY_BLOCKS)])
    assert.deepEqual(await states(), ['ready'])

    const step = unfreeze(120, 4n)
    await storeTronBlocks([tronBlock(120, [step])])
    assert.deepEqual(await states(), ['withdrawn', 'waiting'])
    const [closed] = await UnfreezeRecord.query().orderBy('blockNumber')
    assert.equal(closed!.closedTxHash, step.txId)
  })

  test('a cancel takes out what is ready and freezes the rest again', async ({ assert }) => {
    const taken = withdraw(3n, { causedBy: 'cancel' })
    await storeTronBlocks([tronBlock(10, [unfreeze(10, 3n)]), tronBlock(60, [unfreeze(60, 4n)])])
    await storeTronBlocks([tronBlock(115, [cancel(4n, { txId: taken.txId }), taken])])

    assert.deepEqual(await states(), ['withdrawn', 'cancelled'])
    assert.deepEqual(await infoStates(), ['agreed', 'agreed'])
  })

  test('what is ready is decided by the time of the block before', async ({ assert }) => {
    const ready = 10 + DELAY_BLOCKS - 1
    await storeTronBlocks([tronBlock(10, [unfreeze(10, 3n)])])
    await storeTronBlocks([tronBlock(ready, [withdraw(0n)])])
    assert.deepEqual(await states(), ['ready'])

    await storeTronBlocks([tronBlock(ready + 1, [withdraw(3n)])])
    assert.deepEqual(await states(), ['withdrawn'])
  })

  test('a withdraw of more than is known began before the watch and stays single', async ({
    assert,
  }) => {
    await storeTronBlocks([tronBlock(110, [withdraw(7n)])])
    assert.deepEqual(await infoStates(), ['single'])

    // A backfill reads the blocks before.
    await storeTronBlocks([tronBlock(5, [unfreeze(5, 3n)])])
    assert.deepEqual(await states(), ['withdrawn'])
    assert.deepEqual(await infoStates(), ['single'])
    await storeTronBlocks([tronBlock(4, [unfreeze(4, 4n)])])
    assert.deepEqual(await infoStates(), ['agreed'])
  })

  test('an amount that was missing is filled in, and a known one is never lost', async ({
    assert,
  }) => {
    const unknown = withdraw(null, { infoState: 'missing' })
    const cancelled = cancel(0n, { amountSun: null, resource: null, infoState: 'missing' })
    await storeTronBlocks([tronBlock(20, [unknown, cancelled])])

    const known = { ...unknown, amountSun: 9n, infoState: 'agreed' as const }
    const ofEnergy = { ...cancelled, amountSun: 4n, resource: 'ENERGY' as const }
    await storeTronBlocks([tronBlock(20, [known, { ...ofEnergy, infoState: 'single' }])])
    await storeTronBlocks([tronBlock(20, [unknown, cancelled])])

    const standing = await tronRows('stake_records').whereNull('removed_at').orderBy('tx_index')
    assert.deepEqual(
      standing.map(({ amount, info_state: state }) => [amount, state]),
      [
        ['9', 'agreed'],
        ['4', 'single'],
      ]
    )
  })

  test('provisional records are confirmed by their block and taken back by another', async ({
    assert,
  }) => {
    const moved = tronRecord({ kind: 'freeze', owner })
    const [kept, lost] = [tronRecord({ kind: 'freeze' }), unfreeze(11, 3n)]
    const provisional = { status: 'provisional' as const }
    await storeTronBlocks([tronBlock(10, [kept])], provisional)
    await storeTronBlocks([tronBlock(11, [lost], { fork: 'a' })], provisional)
    await storeTronBlocks([tronBlock(13, [moved], { fork: 'a' })], provisional)
    assert.lengthOf(await db.from('unfreeze_records'), 0)

    await storeTronBlocks([tronBlock(10, [kept]), tronBlock(11), tronBlock(12, [moved])])

    const rows = await tronRows('stake_records').orderBy('id')
    const standing = rows.filter(({ removed_at: removed }) => removed === null)
    assert.deepEqual(
      standing.map(({ block_number: number, status }) => [Number(number), status]),
      [
        [10, 'confirmed'],
        [12, 'confirmed'],
      ]
    )
    assert.lengthOf(rows, 4)
  })

  test('what becomes ready is told once, and not what was ready when it was stored', async ({
    assert,
  }) => {
    const late = { now: timeOf(10) + 30 * DAY_MS }
    await storeTronBlocks([tronBlock(10, [unfreeze(10, 3n)])])
    await storeTronBlocks([tronBlock(11, [unfreeze(11, 4n)])], late)

    for (const block of [108, 109, 110, 111]) await storeTronBlocks([tronBlock(block)])
    await db.from('unfreeze_records').update({ status: 'waiting' })
    await storeTronBlocks([tronBlock(112)])

    const told = await db.from('unfreeze_ready_events')
    assert.deepEqual(
      told.map(({ amount }) => amount),
      ['3']
    )
    assert.equal(Number(told[0].event_time), timeOf(109))
  })

  test('of an account that is watched no more nothing is told', async ({ assert }) => {
    const watchesAll = false
    await storeTronBlocks([tronBlock(10, [unfreeze(10, 3n)])], { watchesAll })
    await storeTronBlocks([tronBlock(110)], { watchesAll })

    assert.deepEqual(await states(), ['ready'])
    assert.lengthOf(await db.from('unfreeze_ready_events'), 0)
  })
})
