import { backoff } from '#foundation/backoff'
import type OkxAccount from '#models/okx_account'
import { isKeyReason } from '#models/okx_reasons'
import { AccountState } from '#collectors/okx/account_state'
import type { ConnectionLog } from '#collectors/okx/connection_log'
import { HeardPushes } from '#collectors/okx/heard_pushes'
import { identify } from '#collectors/okx/identify'
import type { Ingest } from '#collectors/okx/ingest/ingest'
import { KeepComplete } from '#collectors/okx/keep_complete'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { keyOf, type OkxVenues } from '#collectors/okx/okx_venues'
import type { Connect, ConnectPace } from '#collectors/okx/stream/connect'
import type { OkxStream } from '#collectors/okx/stream/okx_stream'
import { openStream } from '#collectors/okx/stream/open_stream'

/** Waits before a connection is tried again, in milliseconds. */
const RECONNECTING = { firstMs: 500, longestMs: 30_000 }

/** A key that OKX does not take is tried again so often, in milliseconds: its owner has to act. */
const REFUSED_MS = 60_000

/** Both connections of a handover are open so long, for what is on its way over the old one, in milliseconds. */
const OVERLAP_MS = 2_000

export interface FollowParts {
  venues: OkxVenues
  ingest: Ingest
  connect: Connect
  pace: ConnectPace
  log: ConnectionLog
  /** Answers a number from 0 to 1. */
  random: () => number
}

/**
 * Keeps one account connected: opens its stream, has what happened before read over REST, and opens it
 * anew when it ends. When OKX says that it will close a connection, the next one is live before.
 */
export class AccountFollower {
  readonly #parts: FollowParts
  readonly #account: OkxAccount
  readonly #state: AccountState
  #isIdentified = false

  constructor(parts: FollowParts, account: OkxAccount) {
    this.#parts = parts
    this.#account = account
    this.#state = new AccountState(account.id)
  }

  get #name(): string {
    return `account ${this.#account.id} (${this.#account.label})`
  }

  get #clock() {
    return this.#parts.venues.clock
  }

  /** Follows until the signal aborts. */
  async run(signal: AbortSignal) {
    let failures = 0
    while (!signal.aborted) {
      const startedAt = this.#clock.elapsed()
      const ended = await this.#session(signal)
      if (signal.aborted) break
      const failure = await this.#venue.maintenance.explain(ended)
      const wasShort = this.#clock.elapsed() - startedAt < RECONNECTING.longestMs
      failures = wasShort ? failures + 1 : 1
      const waitMs = this.#waitMs(failure, failures)
      await this.#state.failed(failure, this.#clock.now())
      this.#parts.log.failed(this.#name, failure, waitMs)
      if (failure.kind === 'clock') await this.#venue.measureClock().catch(() => {})
      await this.#clock.sleep(waitMs, signal)
    }
    await this.#state.enters('idle', this.#clock.now())
  }

  get #venue() {
    return this.#parts.venues.at(this.#account)
  }

  #waitMs(failure: OkxFailure, failures: number): number {
    if (isKeyReason(failure.kind)) {
      return REFUSED_MS
    }
    const grown = backoff(RECONNECTING, failures - 1)
    // All connections of a server end at the same moment, and should not return at the same.
    return failure.retryAfterMs ?? grown * (0.5 + this.#parts.random() / 2)
  }

  /** From the opening of a stream to the end of the last that took over from it. Answers why it ended. */
  async #session(signal: AbortSignal): Promise<OkxFailure> {
    const over = new AbortController()
    const within = AbortSignal.any([signal, over.signal])
    let working: Promise<void> | undefined
    try {
      await this.#state.enters('connecting', this.#clock.now())
      await this.#identify()
      const pushes = new HeardPushes(this.#parts, this.#account, within)
      let stream = await this.#open(pushes, within)
      await this.#state.enters('recovering', this.#clock.now())
      const complete = new KeepComplete(this.#parts, this.#account, pushes, this.#state)
      working = complete.run(() => stream, within)
      working.catch((error: Error) => stream.end(asFailure(error)))
      for (;;) {
        await aborted(AbortSignal.any([within, stream.ended, stream.closingSoon]))
        const next = await this.#takeOver(stream, pushes, within)
        if (next === null) break
        stream = next
        complete.settle()
      }
      return stream.end(new OkxFailure('disconnected', 'stopped'))
    } catch (error) {
      return asFailure(error)
    } finally {
      over.abort()
      await working?.catch((error: Error) => this.#report(error))
    }
  }

  /** Once for each key: which account it opens. */
  async #identify() {
    if (!this.#isIdentified) {
      await identify(this.#account, this.#parts.venues.restOf(this.#account))
      this.#isIdentified = true
    }
  }

  async #open(pushes: HeardPushes, signal: AbortSignal): Promise<OkxStream> {
    await this.#parts.pace.turn(signal)
    return openStream({
      venue: this.#venue,
      key: keyOf(this.#account),
      connect: this.#parts.connect,
      onPush: (push) => pushes.take(push),
      onUnknown: (...unknown) => pushes.takeUnknown(...unknown),
      signal,
    })
  }

  /**
   * Opens the connection that takes over from one that OKX will close. The old one is heard until the
   * new one is live, and a little longer: what both say is stored once.
   *
   * @returns null when the old one has ended, or all has
   */
  async #takeOver(old: OkxStream, pushes: HeardPushes, signal: AbortSignal) {
    const isOver = AbortSignal.any([signal, old.ended])
    for (let failures = 0; !isOver.aborted; failures++) {
      if (failures === 0) {
        await this.#state.handsOver(this.#clock.now())
        this.#parts.log.handover(this.#name)
      }
      const next = await this.#open(pushes, signal).catch(asFailure)
      if (!(next instanceof OkxFailure)) {
        // Something may lie between the two: the next session recovers it.
        if (old.ended.aborted) {
          next.end(old.failure!)
          return null
        }
        void this.#clock
          .sleep(OVERLAP_MS, signal)
          .then(() => old.end(new OkxFailure('disconnected', 'another connection has taken over')))
        await this.#state.enters('live', this.#clock.now())
        return next
      }
      await this.#clock.sleep(backoff(RECONNECTING, failures), isOver)
    }
    return null
  }

  #report(error: Error) {
    if (!(error instanceof OkxFailure)) this.#parts.log.fault(error)
  }
}

/** What is not OKX's fault ends the session as well: the next one reads again what was not stored. */
function asFailure(error: unknown): OkxFailure {
  return error instanceof OkxFailure
    ? error
    : new OkxFailure('disconnected', (error as Error).message, null, { cause: error })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
