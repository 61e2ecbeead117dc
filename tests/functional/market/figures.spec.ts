import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { writeTransaction } from '#foundation/db/transaction'
import { retractAfter } from '#collectors/store/retract'
import { MarketKeeper } from '#market/keep_markets'
import { readMarkets } from '#market/token_market'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { storeCoinPrice } from '#tests/support/market'
import { SettableClock } from '#tests/support/settable_clock'

const BNB = '0x0000000000000000000000000000000000000000'
const USDT = '0x55d398326f99059ff775485246999027b3197955'
const WEI = '000000000000000000'
const MINUTE = 60_000

test.group('Figures of the market', (group) => {
  group.each.setup(() => emptyDatabase())

  function keeper() {
    const clock = new SettableClock(1_780_000_005_000)
    const markets = new MarketKeeper({ chainId: 56, clock })
    const keep = async (token: string) => {
      await markets.keepAll()
      const found = await readMarkets(db.connection(), [token])
      return found.get(token)
    }
    return { clock, keep, now: () => clock.now() }
  }

  test('are the sums of its trades in three windows, and end with the time', async ({ assert }) => {
    const { clock, keep, now } = keeper()
    const token = someAddress()
    await storeLaunch({ token_address: token, event_time: now() - 3 * 3_600_000 })
    const trade = (minutes: number, columns: object) =>
      storeTrade({ token_address: token, event_time: now() - minutes * MINUTE, ...columns })
    await trade(1, { quote_amount: `2${WEI}` })
    await trade(30, { quote_amount: `3${WEI}`, side: 'sell' })
    await trade(120, { quote_amount: `4${WEI}` })

    const market = await keep(token)

    assert.containSubset(market, {
      buys_5m: 1,
      sells_5m: 0,
      volume_5m: 2,
      buys_1h: 1,
      sells_1h: 1,
      volume_1h: 5,
      buys_24h: 2,
      sells_24h: 1,
      volume_24h: 9,
    })
    await trade(0, { quote_amount: `1${WEI}` })
    assert.containSubset(await keep(token), { buys_5m: 2, volume_5m: 3, volume_24h: 10 })

    clock.pass(7 * MINUTE)
    assert.containSubset(await keep(token), { buys_5m: 0, volume_5m: 0, buys_1h: 2 })

    clock.pass(24 * 60 * MINUTE)
    const later = await keep(token)
    assert.containSubset(later, { buys_24h: 0, sells_24h: 0, volume_24h: 0, due_at: null })
  })

  test('say price, market cap and liquidity of the curve, and after a graduation of the pool', async ({
    assert,
  }) => {
    const { keep } = keeper()
    const token = someAddress()
    await storeLaunch({ token_address: token })
    const curve = { quote_reserve: `9${WEI}`, progress: '500000000000000000', price: '6000000000' }
    await storePool({ token_address: token, quote_address: BNB, ...curve })

    assert.containSubset(await keep(token), {
      stage: 'created',
      quote: 'BNB',
      price: '6000000000',
      cap: 6,
      liquidity: 9,
      progress: 50,
    })

    const graduated = await storeLaunch({ token_address: token, kind: 'graduated', creator: null })
    const pool = { kind: 'v2', pool_id: someAddress(), quote_reserve: `20${WEI}` }
    await storePool({ token_address: token, quote_address: BNB, ...pool })
    await storeTrade({ token_address: token, price: '7000000000' })

    assert.containSubset(await keep(token), {
      stage: 'graduated',
      launch_id: graduated,
      price: '7000000000',
      cap: 7,
      liquidity: 40,
    })
  })

  test('of what is paid in dollars are in BNB, and unknown while no price of BNB is', async ({
    assert,
  }) => {
    const { keep, now, clock } = keeper()
    const token = someAddress()
    await storeLaunch({ token_address: token, quote_address: USDT })
    const paid = { quote_address: USDT, quote_amount: `1200${WEI}`, price: '6000000000' }
    await storeTrade({ token_address: token, event_time: now(), ...paid })

    assert.containSubset(await keep(token), { buys_5m: 1, volume_5m: null, cap: null })

    await storeCoinPrice(`600${WEI}`)
    clock.pass(7 * 3_600_000)
    assert.containSubset(await keep(token), { volume_24h: 2, cap: 0.01 })
  })

  test('count no trade and no launch that a reorg took back', async ({ assert }) => {
    const { keep, now } = keeper()
    const [token, gone] = [someAddress(), someAddress()]
    await storeLaunch({ token_address: token, block_number: 10 })
    await storeTrade({ token_address: token, event_time: now(), block_number: 20 })
    await storeTrade({ token_address: token, event_time: now(), block_number: 30 })
    await storeLaunch({ token_address: gone, block_number: 30 })
    assert.containSubset(await keep(token), { buys_5m: 2, volume_5m: 2 })
    assert.exists(await keep(gone))

    await writeTransaction((trx) => retractAfter(trx, 56, 25, now()))

    assert.containSubset(await keep(token), { buys_5m: 1, volume_5m: 1 })
    assert.notExists(await keep(gone))
    assert.containSubset(await keep(token), { buys_5m: 1, volume_5m: 1 })
  })

  test('that two processes keep count each trade once', async ({ assert }) => {
    const { keep, now, clock } = keeper()
    const token = someAddress()
    await storeLaunch({ token_address: token })
    for (let count = 0; count < 20; count++) {
      await storeTrade({ token_address: token, event_time: now() })
    }
    const other = new MarketKeeper({ chainId: 56, clock })

    await Promise.all([keep(token), other.keepAll(), keep(token)])

    assert.containSubset(await keep(token), { buys_5m: 20 })
  })
})
