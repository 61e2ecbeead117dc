import logger from '@adonisjs/core/services/logger'
import { readChainHead, type ChainHead } from '#feed/chain_head'
import { listFacts } from '#feed/fact_list'
import { readCurves } from '#feed/launch_cards'
import { isDatabaseAway } from '#foundation/db/explain_database'
import type { Clock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'

/** The time between two beats, in milliseconds. */
const BEAT_MS = 2_000

/** So many of the newest launches are looked at: their curves become known after they were told. */
const LAUNCHES = 50

/** What open pages are told at every beat, whether or not anything was stored. */
export interface Beat {
  /** The time of this server, in epoch milliseconds: a visitor's clock may be wrong. */
  now: number
  /** Null while the chain has never been read. */
  head: ChainHead | null
  /** Curves of new tokens that changed since the beat before, also where no trade changed them. */
  curves: FactRow[]
}

type Listener = (beat: Beat) => void

/** One beat for all open pages of a process: it runs while at least one of them listens. */
export class Pulse {
  readonly #listeners = new Set<Listener>()
  #curves: FactRow[] = []
  #last?: Beat
  #running?: AbortController

  constructor(private readonly clock: Clock) {}

  /**
   * Calls the listener at each beat, and at once with the last one and every curve of it: the page
   * may have been rendered before. Answers how to stop that.
   */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#last) listener({ ...this.#last, curves: this.#curves })
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
    this.#curves = []
  }

  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      // Without a beat the pages say that nothing comes through, which is so.
      await this.#beat(signal).catch(tellOperator)
      await this.clock.sleep(BEAT_MS, signal)
    }
  }

  async #beat(signal: AbortSignal) {
    const [head, curves] = await Promise.all([readChainHead(this.clock.now()), newestCurves()])
    if (signal.aborted) return

    const before = new Map(this.#curves.map((curve) => [curve.id, stateOf(curve)]))
    const changed = curves.filter((curve) => before.get(curve.id) !== stateOf(curve))
    this.#curves = curves
    this.#last = { now: this.clock.now(), head, curves: changed }
    for (const listener of this.#listeners) listener(this.#last)
  }
}

async function newestCurves(): Promise<FactRow[]> {
  const launches = await listFacts('launch', {}, { limit: LAUNCHES, columns: ['token_address'] })
  const tokens = launches.map(({ token_address: token }) => String(token))
  const curves = await readCurves([...new Set(tokens)])
  return [...curves.values()]
}

function stateOf({ progress, quote_reserve: raised, raise_target: target, price }: FactRow) {
  return [progress, raised, target, price].join()
}

function tellOperator(error: unknown) {
  const message = 'pages are not told how far the chain is read'
  if (isDatabaseAway(error)) logger.debug(message)
  else logger.error({ err: error }, message)
}
