import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { SettableClock } from '#tests/support/settable_clock'
import { MarketKeeper } from '#market/keep_markets'

/** As the scanner stores what BNB costs, in dollars with 18 decimals. */
export async function storeCoinPrice(usd: string, readAt = systemClock.now()) {
  await db.table('coin_prices').insert({
    chain_id: 56,
    pool_address: `0x${'a'.repeat(40)}`,
    usd,
    block_number: 70_000_000,
    read_at: readAt,
  })
}

/** For so long a missing id may be that of a row under way, in milliseconds: on PostgreSQL others wait for it. */
const SETTLED_MS = 1_000

/** As the scanner keeps the figures of the market, when all that was stored is settled. */
export function keepMarkets() {
  const clock = new SettableClock(systemClock.now() + SETTLED_MS)
  return new MarketKeeper({ chainId: 56, clock }).keepAll()
}
