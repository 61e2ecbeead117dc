import db from '@adonisjs/lucid/services/db'
import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { backoff } from '#foundation/backoff'
import { every } from '#foundation/every'
import { writeTransaction } from '#foundation/db/write_transaction'
import SourcePoll from '#models/source_poll'
import { chainReadUntil } from '#collectors/gmgn/chain_read_until'
import type { GmgnApi } from '#collectors/gmgn/gmgn_api'
import { GmgnFailure } from '#collectors/gmgn/gmgn_failure'
import { LossCheck } from '#collectors/gmgn/loss_check'
import type { Trenches } from '#collectors/gmgn/read_answer'
import { identityOf, sightingOf, type Sighting } from '#collectors/gmgn/sighting'
import { storedIdentities, storeSightings } from '#collectors/gmgn/store_sightings'
import { WaitingRoom } from '#collectors/gmgn/waiting_room'

/** The free plan lets 5 units through per second, and one reading of the lists weighs 2. In milliseconds. */
const SHORTEST_INTERVAL_MS = 400

/** Wait after a refused key or clock, and the longest one after other failures, in milliseconds. */
const AFTER_AUTH_FAILURE_MS = 60_000
const LONGEST_WAIT_MS = 300_000

interface GmgnScannerOptions {
  chainId: number
  api: GmgnApi
  /** Time between two polls, in milliseconds. */
  intervalMs: number
  clock: Clock
  logger: Logger
}

/** Polls GMGN's lists and stores the launches and graduations that the chain's sources did not tell. */
export class GmgnScanner {
  readonly #options: GmgnScannerOptions
  readonly #waiting = new WaitingRoom()
  readonly #losses = new LossCheck()
  #failures = 0

  constructor(options: GmgnScannerOptions) {
    this.#options = options
  }

  async run(signal: AbortSignal) {
    const { clock } = this.#options
    await every(this.#intervalMs, () => this.poll(signal), { clock, signal })
  }

  /** Polls once, unless GMGN has asked for a pause, and answers how long to wait, in milliseconds. */
  async poll(signal?: AbortSignal): Promise<number> {
    const { api, clock } = this.#options
    const record = await this.#record()
    const pause = (record.pausedUntil ?? 0) - clock.now()
    if (pause > 0) {
      return pause
    }

    try {
      await this.#keep(await api.trenches(signal), record)
      this.#failures = 0
      return this.#intervalMs
    } catch (error) {
      if (!(error instanceof GmgnFailure)) {
        throw error
      }
      return signal?.aborted ? 0 : this.#afterFailure(error, record)
    }
  }

  get #intervalMs() {
    return Math.max(this.#options.intervalMs, SHORTEST_INTERVAL_MS)
  }

  /** The first poll sets where the story begins: older launches are not news. */
  #record(): Promise<SourcePoll> {
    return SourcePoll.firstOrCreate(
      { name: 'gmgn' },
      {
        fromTime: this.#options.clock.now(),
        polledAt: null,
        pausedUntil: null,
        possibleLosses: 0,
        lastLossAt: null,
      }
    )
  }

  async #keep({ newCreation, nearCompletion, completed }: Trenches, record: SourcePoll) {
    const { chainId, clock, logger } = this.#options
    const now = clock.now()
    const created = sightings('created', newCreation, now)
    const graduated = sightings('graduated', completed, now)
    // A token close to graduation was created: that may have been missed.
    const all = [...created, ...sightings('created', nearCompletion, now), ...graduated]

    const stored = await storedIdentities(db.connection(), chainId, all)
    const isOld = (sighting: Sighting) =>
      sighting.time < record.fromTime ||
      stored.has(identityOf(sighting)) ||
      this.#waiting.has(identityOf(sighting))
    const lost = this.#losses.check({ created, graduated }, isOld, record.polledAt !== null)

    this.#waiting.leave(all.filter((sighting) => stored.has(identityOf(sighting))))
    for (const sighting of all.filter((each) => !isOld(each))) {
      this.#waiting.add(sighting, now)
    }
    await this.#storeDue(now)

    for (const list of lost) {
      logger.warn(
        `GMGN's list of tokens ${list} was full of new ones: some may have come and gone unseen`
      )
    }
    await record
      .merge({
        polledAt: now,
        pausedUntil: null,
        possibleLosses: record.possibleLosses + lost.length,
        lastLossAt: lost.length > 0 ? now : record.lastLossAt,
      })
      .save()
  }

  async #storeDue(now: number) {
    const { chainId, logger } = this.#options
    const due = this.#waiting.due(await chainReadUntil(chainId), now)
    if (due.length === 0) {
      return
    }

    const stored = await writeTransaction((trx) => storeSightings(trx, chainId, due, now))
    this.#waiting.leave(due)
    if (stored > 0) {
      logger.info(`${stored} launches stored that only GMGN told of`)
    }
  }

  async #afterFailure(failure: GmgnFailure, record: SourcePoll): Promise<number> {
    const { clock, logger } = this.#options
    logger.warn(`GMGN could not be read (${failure.kind}): ${failure.message}`)

    if (failure.resumeAt !== null) {
      await record.merge({ pausedUntil: failure.resumeAt }).save()
      return failure.resumeAt - clock.now()
    }
    const growth = { firstMs: this.#intervalMs, longestMs: LONGEST_WAIT_MS }
    const doubled = backoff(growth, this.#failures++)
    return failure.kind === 'auth' ? Math.max(doubled, AFTER_AUTH_FAILURE_MS) : doubled
  }
}

function sightings(kind: Sighting['kind'], rows: unknown[], now: number): Sighting[] {
  return rows.map((row) => sightingOf(kind, row, now)).filter((sighting) => sighting !== null)
}
