import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { StoreReading } from '#collectors/chain_reader'
import { ChainFollower, type FollowOptions } from '#collectors/follow_chain'
import { closeGaps } from '#collectors/store/gaps'
import { LEASE_MS } from '#foundation/db/lease'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import { MadeUpChain, type Coin } from '#tests/support/chain/made_up_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { SettableClock } from '#tests/support/settable_clock'

const CHAIN = 728_126_428

/** Stores coins as launches, in a way of its own. */
const store: StoreReading<Coin[]> = async (trx, coins, now) => {
  const rows = coins.map(({ name, block, blockHash }) => ({
    source: 'made-up',
    kind: 'created',
    token_address: name,
    chain_id: CHAIN,
    block_number: block,
    block_hash: blockHash,
    launch_tx: blockHash,
    log_index: 0,
    event_time: now,
    created_at: now,
    raw: '{}',
  }))
  if (rows.length > 0) await trx.insertQuery().table('launch_events').multiInsert(rows)
  return { coins: rows.length }
}

test.group('Following a chain of another family', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()

  function followerOf(reader: MadeUpChain, options: Partial<FollowOptions<Coin[]>> = {}) {
    return new ChainFollower({
      chainId: CHAIN,
      command: 'scan:coins',
      reader,
      store,
      inWords: ({ coins = 0 }) => `${coins} coins stored`,
      isRevertible: false,
      fromBlock: 1,
      clock,
      logger: loggedLines().logger,
      ...options,
    })
  }

  async function storedCoins() {
    const rows = await db.from('launch_events').whereNull('removed_at').orderBy('block_number')
    return rows.map((row) => ({
      name: row.token_address,
      block: Number(row.block_number),
      blockHash: row.block_hash,
    }))
  }

  test('reads up to the head, and goes on with each new block', async ({ assert }) => {
    const chain = new MadeUpChain(5)
    chain.mine(12)
    const stop = new AbortController()

    const following = followerOf(chain).run(stop.signal)
    await chain.waitedFor()
    assert.deepEqual(await storedCoins(), chain.coins())

    chain.mine(3)
    await chain.waitedFor()
    stop.abort()
    await following

    assert.deepEqual(await storedCoins(), chain.coins())
    assert.deepEqual(
      chain.reads,
      Array.from({ length: 15 }, (_, index) => index + 1)
    )
  })

  test('a chain without a quicker way is read block by block from the first on', async ({
    assert,
  }) => {
    const chain = new MadeUpChain(Infinity)
    chain.mine(4)

    await followerOf(chain, { isRevertible: true }).once()

    assert.deepEqual(await storedCoins(), chain.coins())
    const { blockNumber, blockHash } = await ScanCursor.findOrFail(`chain:${CHAIN}`)
    assert.deepEqual(
      { blockNumber, blockHash },
      { blockNumber: 4, blockHash: chain.coins()[3]!.blockHash }
    )
  })

  test('what could not be read is a gap, which closes when it can be read', async ({ assert }) => {
    const chain = new MadeUpChain(2)
    chain.mine(10)
    chain.lost.add(4)

    await followerOf(chain).once()
    const gap = await ScanGap.firstOrFail()
    assert.deepEqual([gap.fromBlock, gap.toBlock, gap.reason], [4, 4, 'pruned'])
    assert.deepEqual(
      await storedCoins(),
      chain.coins().filter(({ block }) => block !== 4)
    )

    clock.pass(60_000)
    await closeGaps({ chainId: CHAIN, reader: chain, store, clock })
    await gap.refresh()
    assert.equal(gap.tries, 1)

    chain.lost.clear()
    clock.pass(3_600_000)
    await closeGaps({ chainId: CHAIN, reader: chain, store, clock })
    await gap.refresh()
    assert.isNotNull(gap.closedAt)
    assert.deepEqual(await storedCoins(), chain.coins())
  })

  test('facts of replaced blocks are retracted after a reorg, and the new blocks are read', async ({
    assert,
  }) => {
    const chain = new MadeUpChain(5)
    chain.mine(12)
    await followerOf(chain, { isRevertible: true }).once()
    const left = chain.coins().slice(9)
    const { lines, logger } = loggedLines()

    chain.fork(9, 5)
    await followerOf(chain, { isRevertible: true, logger }).once()

    assert.deepEqual(lines, ['reorg of 3 blocks after 9: 3 facts retracted'])

    assert.deepEqual(await storedCoins(), chain.coins())
    const removed = await db
      .from('launch_events')
      .whereNotNull('removed_at')
      .orderBy('block_number')
    assert.deepEqual(
      removed.map(({ token_address: name }) => name),
      left.map(({ name }) => name)
    )
  })

  test('another run goes on behind the position and reads nothing twice', async ({ assert }) => {
    const chain = new MadeUpChain(5)
    chain.mine(12)
    await followerOf(chain).once()

    chain.mine(2)
    chain.reads.length = 0
    await followerOf(chain).once()

    assert.deepEqual(chain.reads, [13, 14])
    assert.deepEqual(await storedCoins(), chain.coins())
  })

  test('a chain whose endpoints fail is read when they answer again', async ({ assert }) => {
    const chain = new MadeUpChain(5)
    chain.mine(6)
    chain.isAway = true
    const stop = new AbortController()
    const { lines, logger } = loggedLines()
    const ticking = {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      sleep: async () => void (chain.isAway = false),
    }
    const follower = followerOf(chain, { clock: ticking, logger })

    const following = follower.run(stop.signal)
    await chain.waitedFor()
    stop.abort()
    await following

    assert.deepEqual(await storedCoins(), chain.coins())
    assert.deepEqual(lines, ['the chain could not be read (transient): the made-up chain is away'])
  })

  test('a follower that has lost its lease stores nothing more', async ({ assert }) => {
    const chain = new MadeUpChain(5)
    chain.mine(12)
    const wakeUp = Promise.withResolvers<void>()
    const asleep = Promise.withResolvers<void>()
    chain.before = async (block) => {
      if (block === 9) {
        asleep.resolve()
        await wakeUp.promise
      }
    }

    const slow = followerOf(chain).once()
    await asleep.promise
    chain.before = async () => {}
    clock.pass(LEASE_MS + 1)
    await followerOf(chain).once()
    wakeUp.resolve()

    await assert.rejects(() => slow, /went to another process/)
    assert.deepEqual(await storedCoins(), chain.coins())
  })
})
