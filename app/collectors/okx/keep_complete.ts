import { backoff } from '#foundation/backoff'
import { every } from '#foundation/every'
import { gotAhead } from '#foundation/rounds'
import type OkxAccount from '#models/okx_account'
import type { AccountState } from '#collectors/okx/account_state'
import { auditAccount } from '#collectors/okx/audit/audit_account'
import type { FollowParts } from '#collectors/okx/follow_parts'
import type { HeardPushes } from '#collectors/okx/heard_pushes'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { checkpoint } from '#collectors/okx/recovery/checkpoint'
import { recover } from '#collectors/okx/recovery/recover'
import { recoverBills } from '#collectors/okx/recovery/recover_bills'
import type { Recovering } from '#collectors/okx/recovery/recovering'
import type { OkxStream } from '#collectors/okx/stream/okx_stream'

/** Lists lag behind what happens: a recovery is repeated after so long, in milliseconds. */
const SETTLE_MS = 10_000

/** How far everything is stored is noted so often while a stream is live, in milliseconds. */
const CHECKPOINT_MS = 30_000

const AUDIT_MS = 3_600_000

/** Waits before OKX is asked again that did not answer, in milliseconds. */
const RETRYING = { firstMs: 1_000, longestMs: 60_000 }

/**
 * Sees to it that nothing is missing of an account while its streams are open: recovers over REST what
 * happened before, again when lists have settled, notes how far all is stored, reads bills after each
 * trade, and audits them every hour.
 */
export class KeepComplete {
  readonly #parts: FollowParts
  readonly #account: OkxAccount
  readonly #pushes: HeardPushes
  readonly #state: AccountState
  #isSettling = true

  constructor(parts: FollowParts, account: OkxAccount, pushes: HeardPushes, state: AccountState) {
    this.#parts = parts
    this.#account = account
    this.#pushes = pushes
    this.#state = state
  }

  /** Another connection has taken over: one more look at the lists, to be sure. */
  settle() {
    this.#isSettling = true
  }

  /** Works until the signal aborts. @throws what kept something from being stored */
  async run(streamOf: () => OkxStream, signal: AbortSignal) {
    const recovering = this.#recovering(signal)
    await this.#untilDone(() => this.#recover(recovering), signal)
    if (signal.aborted) return

    const { clock } = this.#parts.venues
    const loop = (everyMs: number, work: () => Promise<unknown>, firstAfterMs = everyMs) =>
      every(everyMs, () => this.#untilDone(work, signal), { clock, signal, firstAfterMs })
    await Promise.all([
      loop(SETTLE_MS, () => this.#recoverAgain(recovering)),
      loop(CHECKPOINT_MS, () =>
        checkpoint('orders', recovering.rest.venue, this.#pushes, streamOf())
      ),
      loop(AUDIT_MS, () => auditAccount(recovering, this.#account), SETTLE_MS * 2),
      this.#pushes.billsSoon.run(
        () => this.#untilDone(() => recoverBills(recovering, clock.now()), signal),
        signal
      ),
    ])
  }

  #recovering(signal: AbortSignal): Recovering {
    const { venues, ingest } = this.#parts
    return {
      account: this.#pushes.account,
      rest: venues.restOf(this.#account),
      ingest,
      signal,
      isStart: this.#pushes.isStart,
      origin: 'recovery',
    }
  }

  async #recover(recovering: Recovering) {
    const { clock } = this.#parts.venues
    const recovery = await recover(recovering)
    await this.#pushes.stored()
    this.#pushes.isStart = false
    recovering.isStart = false
    const { offsetMs } = recovering.rest.venue
    const now = clock.now()
    await this.#state.isLive(now, offsetMs, now)
    this.#account.recoveredAt = now
    this.#parts.log.live(`account ${this.#account.id} (${this.#account.label})`, recovery)
  }

  async #recoverAgain(recovering: Recovering) {
    if (this.#isSettling) {
      this.#isSettling = false
      await recover(recovering)
    }
  }

  /** Does some work, and again where OKX did not answer. @throws what else it throws */
  async #untilDone(work: () => Promise<unknown>, signal: AbortSignal) {
    const { clock } = this.#parts.venues
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await work()
        return
      } catch (error) {
        if (!(error instanceof OkxFailure)) throw error
        if (signal.aborted) return
        gotAhead()
        const { maintenance } = this.#parts.venues.at(this.#account)
        await this.#state.cannotRead(await maintenance.explain(error), clock.now())
        await clock.sleep(error.retryAfterMs ?? backoff(RETRYING, failures), signal)
      }
    }
  }
}
