import type { Clock } from '#foundation/clock'
import type { LocalChain } from '#demo/chain/local_chain'
import type { DrainedTally } from '#demo/drain'
import { getAbiItem } from 'viem'
import { EMITTERS } from '#demo/market/addresses'
import {
  FLAP_EVENTS,
  FOUR_EVENTS,
  FOUR_V1_EVENTS,
  OPEN_FOUR_EVENTS,
  PANCAKE_EVENTS,
} from '#demo/market/events'
import Database from 'better-sqlite3'

/** A transaction of the market is in a final block after this time at the latest. */
const FINAL_AFTER_MS = 1500

const NOT_OF_THE_CHAIN = /^(?:payment|tron|order|execution|position|balance|verification)\./

/** Counts events where they begin, where they are kept and where they arrive: the proof of it all. */
export class Tally implements DrainedTally {
  readonly #chain: LocalChain
  readonly #databasePath: string
  readonly #clock: Clock
  readonly #receivedIds = new Set<string>()
  #onChain = 0
  #stored = 0
  #told = 0

  constructor(chain: LocalChain, databasePath: string, clock: Clock) {
    this.#chain = chain
    this.#databasePath = databasePath
    this.#clock = clock
  }

  /** Different events that a receiver has got. */
  get received() {
    return this.#receivedIds.size
  }

  /** Takes the ids of events from a line that the receiver printed. */
  readonly read = (line: string) => {
    // Paid by the visitor of the demo, not by the market; and other markets have tallies of their own.
    if (NOT_OF_THE_CHAIN.test(line)) return

    for (const [id] of line.matchAll(/evt_[0-9a-zA-Z]+/g)) {
      this.#receivedIds.add(id)
    }
  }

  async countOrigin() {
    await this.#clock.sleep(FINAL_AFTER_MS)
    this.#onChain = await countEvents(this.#chain)
  }

  countStored() {
    this.#stored = countStoredEvents(this.#databasePath)
    this.#told = countTold(this.#databasePath)
  }

  get isComplete() {
    return this.#stored >= this.#onChain && this.received >= this.#onChain
  }

  get progress() {
    return this.#stored + this.received
  }

  summary() {
    return `Events: ${this.#onChain} on chain, ${this.#stored} in the database, ${this.received} distinct ids received, ${this.#told} told in WeChat`
  }
}

/** A pool of the token on an exchange. */
const POOLS = [getAbiItem({ abi: PANCAKE_EVENTS, name: 'PairCreated' })]

/** Each tells two things: a token was created, and its curve is a new pool. */
const LAUNCHES = [
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenCreate' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenCreated' }),
  getAbiItem({ abi: OPEN_FOUR_EVENTS, name: 'TokenCreated' }),
]

const OTHERS = [
  ...POOLS,
  getAbiItem({ abi: FOUR_EVENTS, name: 'LiquidityAdded' }),
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenPurchase' }),
  getAbiItem({ abi: FOUR_EVENTS, name: 'TokenSale' }),
  getAbiItem({ abi: FOUR_V1_EVENTS, name: 'TokenPurchase' }),
  getAbiItem({ abi: FOUR_V1_EVENTS, name: 'TokenSale' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'LaunchedToDEX' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenBought' }),
  getAbiItem({ abi: FLAP_EVENTS, name: 'TokenSold' }),
  getAbiItem({ abi: OPEN_FOUR_EVENTS, name: 'TradeExecuted' }),
  getAbiItem({ abi: OPEN_FOUR_EVENTS, name: 'MigrateExecuted' }),
]

/** The events that the logs of the whole chain should become, counted without the scanner. */
async function countEvents({ client }: LocalChain): Promise<number> {
  const everywhere = { address: EMITTERS, fromBlock: 0n } as const
  const [launches, others] = await Promise.all([
    client.getLogs({ ...everywhere, events: LAUNCHES }),
    client.getLogs({ ...everywhere, events: OTHERS }),
  ])
  return 2 * launches.length + others.length
}

/** Events in the demo's database, as its processes left them. */
function countStoredEvents(databasePath: string): number {
  return count(
    databasePath,
    `select (select count(*) from launch_events where removed_at is null)
          + (select count(*) from trades where removed_at is null)
          + (select count(*) from pools where removed_at is null)`
  )
}

/** Events that a message to the play phone told. */
function countTold(databasePath: string): number {
  return count(
    databasePath,
    `select count(*) from notification_jobs where channel = 'wechat' and status = 'sent'`
  )
}

/** Receivers that the sender knows of. */
export function countEndpoints(databasePath: string): number {
  return count(databasePath, 'select count(*) from webhook_endpoints')
}

/** Answers the number that a query selects. */
export function count(databasePath: string, query: string): number {
  const database = new Database(databasePath, { readonly: true })
  try {
    return database.prepare(query).pluck().get() as number
  } finally {
    database.close()
  }
}
