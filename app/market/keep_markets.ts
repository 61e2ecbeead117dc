import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { rowsOf } from '#foundation/db/statement'
import { writeTransaction } from '#foundation/db/transaction'
import { every } from '#foundation/every'
import {
  movePositions,
  PositionMovedError,
  readChanges,
  type Changes,
} from '#market/changed_tokens'
import { readCoinPrice } from '#market/coin_price'
import { addTrades, pruneMinutes, recount } from '#market/minutes'
import { refreshMarkets } from '#market/refresh_markets'

/** How often figures are kept, and the pause while there is much to take in, in milliseconds. */
const EVERY_MS = 1_000
const BUSY_MS = 50

/** Tokens whose windows have changed with the time alone, at once. */
const DUE_AT_ONCE = 500

/** How often minutes that are in no window any more are removed, in milliseconds. */
const PRUNE_EVERY_MS = 600_000

interface Options {
  chainId: number
  clock: Clock
}

/**
 * Keeps the figures of each token true beside the reading of the chain: takes in facts as they are
 * stored, takes out what was removed, and lets windows end. Storing a fact does not wait for it.
 */
export class MarketKeeper {
  readonly #options: Options
  #prunedAt = 0

  constructor(options: Options) {
    this.#options = options
  }

  /** Works every second while `isActive` says that this process is the one that reads. */
  run(signal: AbortSignal, isActive: () => boolean) {
    const { clock } = this.#options
    const work = async () => (isActive() && (await this.keepSome()) ? BUSY_MS : EVERY_MS)
    return every(EVERY_MS, work, { clock, signal })
  }

  /** Takes in all that is there. */
  async keepAll(signal?: AbortSignal) {
    while (!signal?.aborted && (await this.keepSome()));
  }

  /** Takes in a bounded number of facts, and answers whether there are more. */
  async keepSome(): Promise<boolean> {
    const { clock } = this.#options
    const client = db.connection()
    const now = clock.now()
    const changes = await readChanges(client, now)
    const due = await dueTokens(client, now)
    if (changes.tokens.size > 0 || due.length > 0) {
      await this.#take(changes, due, now)
    }
    if (now - this.#prunedAt >= PRUNE_EVERY_MS) {
      this.#prunedAt = now
      await writeTransaction((trx) => pruneMinutes(trx, now))
    }
    return changes.isMore || due.length === DUE_AT_ONCE
  }

  async #take(changes: Changes, due: string[], now: number) {
    const price = await readCoinPrice(this.#options.chainId)
    try {
      await writeTransaction(async (trx) => {
        await movePositions(trx, changes)
        await addTrades(trx, changes.trades, now)
        if (changes.uncounted.size > 0) {
          const upTo = changes.after.find(({ fact_type: kind }) => kind === 'trade')!.fact_id
          await recount(trx, [...changes.uncounted], upTo, now)
        }
        const tokens = [...new Set([...changes.tokens, ...due])]
        await refreshMarkets(trx, tokens, price?.usdPerBnb ?? null, now)
      })
    } catch (error) {
      if (!(error instanceof PositionMovedError)) throw error
    }
  }
}

async function dueTokens(client: QueryClientContract, now: number): Promise<string[]> {
  const rows = await rowsOf<{ token_address: string }>(
    client,
    `select token_address from token_markets where due_at is not null and due_at <= ?
     order by due_at limit ${DUE_AT_ONCE}`,
    [now]
  )
  return rows.map(({ token_address: token }) => token)
}
