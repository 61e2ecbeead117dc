import logger from '@adonisjs/core/services/logger'
import { readChainHead, type ChainHead } from '#feed/chain_head'
import { listFacts } from '#feed/fact_list'
import { readCurves } from '#feed/launch_cards'
import db from '@adonisjs/lucid/services/db'
import marketConfig from '#config/market'
import { readCoinPrice, type CoinPrice } from '#market/coin_price'
import { readMarkets, type TokenMarket } from '#market/token_market'
import { isDatabaseAway } from '#foundation/db/explain_database'
import type { Clock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'

/** The time between two beats, in milliseconds. */
const BEAT_MS = 2_000

/** So many of the newest launches are looked at: what is known of them grows after they were told. */
const LAUNCHES = 50

/** What open pages are told at every beat, whether or not anything was stored. */
export interface Beat {
  /** The time of this server, in epoch milliseconds: a visitor's clock may be wrong. */
  now: number
  /** Null while the chain has never been read. */
  head: ChainHead | null
  /** What one BNB costs; null while that was never read. */
  price: CoinPrice | null
  /** New tokens of which something changed since the beat before, also where no trade changed it. */
  tokens: TokenState[]
}

/** Where a token stands: its curve, if it has one, and what is kept of its market. */
export interface TokenState {
  token: string
  curve?: FactRow
  market?: TokenMarket
}

type Listener = (beat: Beat) => void

/** One beat for all open pages of a process: it runs while at least one of them listens. */
export class Pulse {
  readonly #listeners = new Set<Listener>()
  #tokens: TokenState[] = []
  #last?: Beat
  #running?: AbortController

  constructor(private readonly clock: Clock) {}

  /**
   * Calls the listener at each beat, and at once with the last one and every token of it: the page
   * may have been rendered before. Answers how to stop that.
   */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#last) listener({ ...this.#last, tokens: this.#tokens })
    if (!this.#running) void this.#run((this.#running = new AbortController()).signal)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.close()
    }
  }

  close() {
    this.#running?.abort()
    this.#running = undefined
    this.#last = undefined
    this.#tokens = []
  }

  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      // Without a beat the pages say that nothing comes through, which is so.
      await this.#beat(signal).catch(tellOperator)
      await this.clock.sleep(BEAT_MS, signal)
    }
  }

  async #beat(signal: AbortSignal) {
    const [head, price, tokens] = await Promise.all([
      readChainHead(this.clock.now()),
      readCoinPrice(marketConfig.chainId),
      newestTokens(),
    ])
    if (signal.aborted) return

    const before = new Map(this.#tokens.map((state) => [state.token, textOf(state)]))
    const changed = tokens.filter((state) => before.get(state.token) !== textOf(state))
    this.#tokens = tokens
    this.#last = { now: this.clock.now(), head, price, tokens: changed }
    for (const listener of this.#listeners) listener(this.#last)
  }
}

async function newestTokens(): Promise<TokenState[]> {
  const launches = await listFacts('launch', {}, { limit: LAUNCHES, columns: ['token_address'] })
  const tokens = [...new Set(launches.map(({ token_address: token }) => String(token)))]
  const [curves, markets] = await Promise.all([
    readCurves(tokens),
    readMarkets(db.connection(), tokens),
  ])
  return tokens
    .map((token) => ({ token, curve: curves.get(token), market: markets.get(token) }))
    .filter(({ curve, market }) => curve || market)
}

function textOf({ curve, market }: TokenState): string {
  return JSON.stringify([curve, market])
}

function tellOperator(error: unknown) {
  const message = 'pages are not told how far the chain is read'
  if (isDatabaseAway(error)) logger.debug(message)
  else logger.error({ err: error }, message)
}
