import { backoff } from '#foundation/backoff'
import type OkxAccount from '#models/okx_account'
import { AccountState } from '#collectors/okx/account_state'
import { followAlgoOrders } from '#collectors/okx/follow_algo_orders'
import type { FollowParts } from '#collectors/okx/follow_parts'
import { HeardPushes } from '#collectors/okx/heard_pushes'
import { identify } from '#collectors/okx/identify'
import { KeepComplete } from '#collectors/okx/keep_complete'
import { asFailure, OkxFailure } from '#collectors/okx/okx_failure'
import { keyOf } from '#collectors/okx/okx_venues'
import { keepConnected, RECONNECTING } from '#collectors/okx/stream/keep_connected'
import type { OkxStream } from '#collectors/okx/stream/okx_stream'
import { CHANNELS, openStream } from '#collectors/okx/stream/open_stream'

/** Both connections of a handover are open so long, for what is on its way over the old one, in milliseconds. */
const OVERLAP_MS = 2_000

/**
 * Keeps one account connected: opens its stream, has what happened before read over REST, and opens it
 * anew when it ends. When OKX says that it will close a connection, the next one is live before.
 */
export class AccountFollower {
  readonly #parts: FollowParts
  readonly #account: OkxAccount
  readonly #state: AccountState
  #isIdentified = false
  /** The business connection, from when the key has proved good on. */
  #algoOrders: Promise<void> | undefined

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
    await keepConnected(
      {
        venue: this.#venue,
        random: this.#parts.random,
        session: () => this.#session(signal),
        onEnded: async (failure, waitMs) => {
          await this.#state.failed(failure, this.#clock.now())
          this.#parts.log.failed(this.#name, failure, waitMs)
        },
      },
      signal
    )
    await this.#algoOrders
    await this.#state.enters('idle', this.#clock.now())
  }

  get #venue() {
    return this.#parts.venues.at(this.#account)
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
      this.#algoOrders ??= followAlgoOrders(this.#parts, this.#account, signal)
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
      url: this.#venue.hosts.stream,
      channels: CHANNELS,
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

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
