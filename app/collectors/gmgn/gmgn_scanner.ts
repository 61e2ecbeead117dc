import db from '@adonisjs/lucid/services/db'
import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { backoff } from '#foundation/backoff'
import type { EndpointMark } from '#foundation/rpc/endpoint_marks'
import { every } from '#foundation/every'
import { OutageLog } from '#foundation/outage_log'
import { writeTransaction } from '#foundation/db/transaction'
import { gmgn } from '#sources/venues'
import SourcePoll from '#models/source_poll'
import { chainReadUntil, PendingListings } from '#collectors/gmgn/pending_listings'
import type { LaunchKind } from '#facts/launch'
import { ROWS_PER_LIST, type GmgnApi } from '#collectors/gmgn/gmgn_api'
import { GmgnFailure, type Trenches } from '#collectors/gmgn/read_answer'
import {
  identityOf,
  listingOf,
  type GmgnListing,
  storedIdentities,
  storeListings,
} from '#collectors/gmgn/listing'

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

/** Polls GMGN's lists and stores the launches and graduations that were not read from the chain. */
export class GmgnScanner {
  readonly #options: GmgnScannerOptions
  readonly #pending = new PendingListings()
  readonly #losses = new LossCheck()
  readonly #outage: OutageLog
  #failures = 0
  #refusal?: Pick<EndpointMark, 'since' | 'detail'>

  constructor(options: GmgnScannerOptions) {
    this.#options = options
    this.#outage = new OutageLog(options.logger, options.clock)
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
      this.#outage.worked('GMGN is read again')
      this.#refusal = undefined
      return this.#intervalMs
    } catch (error) {
      if (!(error instanceof GmgnFailure)) {
        throw error
      }
      return signal?.aborted ? 0 : this.#afterFailure(error, record)
    }
  }

  /** Says so while GMGN refuses the key. */
  marks(): EndpointMark[] {
    const until = this.#options.clock.now() + AFTER_AUTH_FAILURE_MS
    const refused = { endpoint: 'GMGN', reason: 'key_refused', until } as const
    return this.#refusal ? [{ ...refused, ...this.#refusal }] : []
  }

  get #intervalMs() {
    return Math.max(this.#options.intervalMs, SHORTEST_INTERVAL_MS)
  }

  /** The first poll sets the start: older launches are not new. */
  #record(): Promise<SourcePoll> {
    return SourcePoll.firstOrCreate(
      { name: gmgn.name },
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
    const created = listings('created', newCreation, now)
    const graduated = listings('graduated', completed, now)
    // A token close to graduation was created: that may have been missed.
    const all = [...created, ...listings('created', nearCompletion, now), ...graduated]

    const stored = await storedIdentities(db.connection(), chainId, all)
    const isOld = (listing: GmgnListing) =>
      listing.time < record.fromTime ||
      stored.has(identityOf(listing)) ||
      this.#pending.has(identityOf(listing))
    const lost = this.#losses.check({ created, graduated }, isOld, record.polledAt !== null)

    this.#pending.leave(all.filter((listing) => stored.has(identityOf(listing))))
    for (const listing of all.filter((each) => !isOld(each))) {
      this.#pending.add(listing, now)
    }
    await this.#storeDue(now)

    for (const list of lost) {
      logger.warn(`GMGN's list of tokens ${list} was full of new ones: some may be missing`)
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
    const due = this.#pending.due(await chainReadUntil(chainId), now)
    if (due.length === 0) {
      return
    }

    const { stored, quarantined } = await writeTransaction((trx) =>
      storeListings(trx, chainId, due, now)
    )
    this.#pending.leave(due)
    if (stored > 0) {
      logger.info(`${stored} launches stored that only GMGN told of`)
    }
    if (quarantined > 0) {
      logger.error(`${quarantined} rows of GMGN cannot be stored: they are in quarantined_logs`)
    }
  }

  async #afterFailure(failure: GmgnFailure, record: SourcePoll): Promise<number> {
    const { clock } = this.#options
    this.#outage.failed(`GMGN could not be read (${failure.kind}): ${failure.message}`)
    if (failure.kind === 'auth') {
      this.#refusal ??= { since: clock.now(), detail: failure.message }
    }

    if (failure.resumeAt !== null) {
      await record.merge({ pausedUntil: failure.resumeAt }).save()
      return failure.resumeAt - clock.now()
    }
    const growth = { firstMs: this.#intervalMs, longestMs: LONGEST_WAIT_MS }
    const doubled = backoff(growth, this.#failures++)
    return failure.kind === 'auth' ? Math.max(doubled, AFTER_AUTH_FAILURE_MS) : doubled
  }
}

function listings(kind: GmgnListing['kind'], rows: unknown[], now: number): GmgnListing[] {
  return rows.map((row) => listingOf(kind, row, now)).filter((listing) => listing !== null)
}

/**
 * GMGN has no cursor. A full list without any row of the poll before may have lost the rows
 * between the two.
 */
class LossCheck {
  #seen: Record<LaunchKind, Set<string>> = { created: new Set(), graduated: new Set() }

  /**
   * The lists that may have lost rows. `isOld` says whether a listing is known already; before the
   * first poll no row can be lost.
   */
  check(
    lists: Record<LaunchKind, readonly GmgnListing[]>,
    isOld: (listing: GmgnListing) => boolean,
    wasPolledBefore: boolean
  ): LaunchKind[] {
    const kinds: LaunchKind[] = ['created', 'graduated']
    const lost = kinds.filter(
      (kind) =>
        wasPolledBefore &&
        lists[kind].length >= ROWS_PER_LIST &&
        !lists[kind].some((each) => this.#seen[kind].has(identityOf(each)) || isOld(each))
    )

    for (const kind of kinds) {
      this.#seen[kind] = new Set(lists[kind].map(identityOf))
    }
    return lost
  }
}
