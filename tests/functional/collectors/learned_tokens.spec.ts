import { test } from '@japa/runner'
import { writeTransaction } from '#foundation/db/transaction'
import LaunchEvent from '#models/launch_event'
import Pool from '#models/pool'
import Token from '#models/token'
import Trade from '#models/trade'
import { storeReading } from '#collectors/store/fact_store'
import { retractAfter } from '#collectors/store/retract'
import { retractLogs } from '#collectors/store/retract_logs'
import { storedLogs } from '#collectors/store/stored_logs'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { sources } from '#sources/venues'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, someHash } from '#tests/support/facts'
import { syntheticLog } from '#tests/support/logs'
import { PAIR_CREATED, V2_FACTORY, WBNB } from '#tests/support/pancake'

const PORTAL = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
const USDT = '0x55d398326f99059ff775485246999027b3197955'
const BNB = '0x0000000000000000000000000000000000000000'

const read = logReader(sources)

const store = (...logs: ChainLog[]) =>
  writeTransaction((trx) => storeReading(trx, 56, read(logs), 1))
const goBackTo = (ancestor: number) => writeTransaction((trx) => retractAfter(trx, 56, ancestor, 2))

/** The logs of a Flap token, which stand in the block that is given. */
function flapToken() {
  const token = someAddress()
  const log = (signature: string, values: unknown[]) => (blockNumber: number, logIndex: number) =>
    syntheticLog(PORTAL, signature, values, { blockNumber, logIndex, transactionHash: '0xcafe' })
  return {
    token,
    created: log(
      'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)',
      [0n, someAddress(), 1n, token, 'n', 's', 'm']
    ),
    paidIn: log('event TokenQuoteSet(address token, address quoteToken)', [token, USDT]),
    bought: log(
      'event TokenBought(uint256 ts, address token, address buyer, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
      [0n, token, someAddress(), 1n, 1n, 1n, 7n]
    ),
  }
}

const knownOf = (token: string) => Token.findByOrFail('address', token)
const onlyTrade = () => Trade.query().whereNull('removedAt').firstOrFail()

test.group('What is learned of a token', (group) => {
  group.each.setup(() => emptyDatabase())

  test('comes back from its launch with the first trade of a token that was forgotten', async (ctx) => {
    const { token, created, paidIn, bought } = flapToken()
    await store(created(10, 0), paidIn(10, 1))
    await Token.query().delete()

    await store(bought(500, 0))

    ctx.assert.containsSubset(await onlyTrade(), { quoteAddress: USDT })
    ctx.assert.containsSubset(await knownOf(token), { quoteAddress: USDT })
  })

  test('is taken back with its reorg: the quote asset is that of the branch that stands', async (ctx) => {
    const { token, created, paidIn, bought } = flapToken()
    await store(created(10, 0), bought(11, 0))
    ctx.assert.containsSubset(await knownOf(token), { quoteAddress: BNB })

    await goBackTo(9)
    ctx.assert.isEmpty(await Token.all())
    await store(created(10, 1), paidIn(10, 0), bought(11, 2))

    ctx.assert.containsSubset(await knownOf(token), { quoteAddress: USDT })
    ctx.assert.containsSubset(await onlyTrade(), { quoteAddress: USDT })
  })

  test('stays while a fact of the token stands', async (ctx) => {
    const { token, created, paidIn, bought } = flapToken()
    await store(bought(12, 0))
    await store(created(10, 0), paidIn(10, 1))

    await goBackTo(11)

    ctx.assert.containsSubset(await knownOf(token), { quoteAddress: USDT, learnedBlock: 11 })
    await store(bought(12, 3))
    ctx.assert.containsSubset(await onlyTrade(), { quoteAddress: USDT })
  })

  test('a pool of a token that a reorg took away is not stored', async (ctx) => {
    const { token, created } = flapToken()
    await store(created(10, 0))
    await goBackTo(9)

    const pair = [token, WBNB, someAddress(), 1n]
    const { pools } = await store(
      syntheticLog(V2_FACTORY, PAIR_CREATED, pair, { blockNumber: 11, transactionHash: someHash() })
    )
    ctx.assert.equal(pools, 0)
  })

  test('completes what was stored before the block that tells it was read', async (ctx) => {
    const { created, paidIn, bought } = flapToken()
    await store(bought(20, 0))
    ctx.assert.containsSubset(await onlyTrade(), { quoteAddress: null })

    await store(paidIn(10, 1), created(10, 0))

    ctx.assert.containsSubset(await onlyTrade(), { quoteAddress: USDT })
    ctx.assert.containsSubset(await LaunchEvent.firstOrFail(), { quoteAddress: USDT })
  })

  test('goes with facts that an audit takes back, and the price is that of the newest trade', async (ctx) => {
    const [one, other] = [flapToken(), flapToken()]
    await store(one.created(10, 0), one.bought(11, 0), other.bought(12, 0))
    const last = one.bought(12, 1)
    const dearer = `${last.data.slice(0, -1)}9` as `0x${string}`
    await store({ ...last, data: dearer })
    const priceOf = () => Pool.query().where('poolId', one.token).firstOrFail()
    ctx.assert.containsSubset(await priceOf(), { price: '9' })

    const phantom = await storedLogs(56, 12, 12, ['flap'])
    await writeTransaction((trx) => retractLogs(trx, phantom, 2))

    ctx.assert.containsSubset(await priceOf(), { price: '7', priceAt: 11_000_000 })
    const known = await Token.all()
    ctx.assert.sameMembers(
      known.map(({ address }) => address),
      [one.token]
    )
  })
})
