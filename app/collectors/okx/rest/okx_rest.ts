import { OkxFailure } from '#collectors/okx/okx_failure'
import {
  pathWith,
  type OkxAnswer,
  type OkxQuery,
  type OkxVenue,
} from '#collectors/okx/rest/okx_venue'
import { RateLimit } from '#collectors/okx/rest/rate_limit'
import { signedHeaders, type OkxKey } from '#collectors/okx/rest/signature'
import { textIn, type OkxRow } from '#sources/okx/row'

/** What OKX says of the account that a key opens. */
export interface OkxAccountConfig {
  uid: string
  /** As OKX writes them: `read_only`, `read_only,trade`, `read_only,trade,withdraw`. */
  permissions: string
  /** `1` spot, `2` futures, `3` multi-currency margin, `4` portfolio margin. */
  accountLevel: string
  /** `net_mode` or `long_short_mode`. */
  positionMode: string
  /** Addresses that the key is bound to, separated by commas; empty for any. */
  boundTo: string
}

/** The wait before a request is sent again that came too fast, in milliseconds. */
const AGAIN_AFTER_MS = 1_000

/** The signed requests of one account, as fast as OKX allows. It only ever reads. */
export class OkxRest {
  readonly #limit: RateLimit

  constructor(
    readonly venue: OkxVenue,
    private readonly key: OkxKey
  ) {
    this.#limit = new RateLimit(venue.clock)
  }

  /** Which account the key opens, and what it may do. @throws OkxFailure */
  async config(): Promise<OkxAccountConfig> {
    const { rows } = await this.ask('/api/v5/account/config')
    const row = rows[0]
    if (!row?.uid) {
      throw new OkxFailure('unreadable', 'OKX did not tell which account the key is of')
    }
    return {
      uid: String(row.uid),
      permissions: String(row.perm ?? ''),
      accountLevel: String(row.acctLv ?? ''),
      positionMode: String(row.posMode ?? ''),
      boundTo: String(row.ip ?? ''),
    }
  }

  /**
   * Asks for one page. What came too fast is asked again, and so is what was refused for our clock,
   * after that was measured anew.
   *
   * @throws OkxFailure
   */
  async ask(path: string, query: OkxQuery = {}, signal?: AbortSignal): Promise<OkxAnswer> {
    const full = pathWith(path, query)
    for (let tries = 1; ; tries++) {
      await this.#limit.turn(path, signal)
      const headers = signedHeaders(this.key, full, await this.venue.now())
      try {
        return await this.venue.send(full, headers, signal)
      } catch (error) {
        if (!(error instanceof OkxFailure) || signal?.aborted || tries > this.venue.reading.retries)
          throw error
        await this.#prepareAgain(error, tries, signal)
      }
    }
  }

  async #prepareAgain(failure: OkxFailure, tries: number, signal?: AbortSignal) {
    if (failure.kind === 'clock' && tries === 1) {
      await this.venue.measureClock()
    } else if (failure.kind === 'rate_limited') {
      await this.venue.clock.sleep(failure.retryAfterMs ?? AGAIN_AFTER_MS * tries, signal)
    } else {
      throw failure
    }
  }

  /**
   * The pages of a list, the newest first, as long as there are any. A page that is not full is the
   * last one.
   *
   * @param id the member by which the list goes on: `ordId`, or `billId` for fills and bills
   * @throws OkxFailure also for a list that goes in circles: what is behind it would not be read
   */
  async *pages(
    path: string,
    query: OkxQuery,
    id: string,
    signal?: AbortSignal
  ): AsyncGenerator<OkxRow[], void> {
    const { pageSize } = this.venue.reading
    const places = new Set<string>()
    let after: string | undefined
    for (;;) {
      const { rows } = await this.ask(path, { ...query, after, limit: pageSize }, signal)
      if (rows.length > 0) yield rows
      if (rows.length < pageSize) return

      const last = rows.findLast((row) => textIn(row, id) !== null)
      after = last && textIn(last, id)!
      if (after === undefined || places.has(after)) {
        throw new OkxFailure('unreadable', `the pages of ${path} do not go on by ${id}`)
      }
      places.add(after)
    }
  }
}
