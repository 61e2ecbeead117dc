import type { Clock } from '#foundation/clock'
import { because } from '#models/reasons'
import { MOST_WAITING } from '#chat/preferences/chat_subscribers'
import { inOneRequest } from '#delivery/channel'
import type { Gate, Target, Verdict } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import type { SendResult } from '#wechat/ilink/sent'
import { readAddressee } from '#wechat/sending/addressee'
import { compose } from '#wechat/sending/compose'
import { closedBy } from '#wechat/sending/gate'
import { SPACING_MS } from '#wechat/sending/limits'
import type { MessageSender } from '#wechat/sending/message_sender'
import type { NextPush } from '#wechat/sending/next_push'

/** Longer than the client waits for the answer to a message, in milliseconds. */
const TIMEOUT_MS = 20_000

/** How long a binding is left alone when something of our own failed, in milliseconds. */
const AFTER_FAULT_MS = 10_000

/** The gate of a binding, as it was last found. */
export class BindingGate implements Gate {
  #next: NextPush = { opensAt: Infinity, hold: null }
  #pausedUntil = 0

  get opensAt() {
    return Math.max(this.#next.opensAt, this.#pausedUntil)
  }

  get hold() {
    return this.#next.hold
  }

  set(next: NextPush) {
    this.#next = next
  }

  /** Keeps it closed until a time, in epoch milliseconds, whatever is found meanwhile. */
  pauseUntil(time: number) {
    this.#pausedUntil = time
  }
}

interface TargetParts {
  sender: MessageSender
  /** The name of this process in leases of bindings. */
  owner: string
  clock: Clock
  retry: RetryPolicy
  /** Is told of what failed before a request, or after it: as a rule the database. */
  onFault: (error: Error) => void
}

/** A binding as a target: all that waits for it is sent in one message. */
export class BindingTarget implements Target {
  readonly id: number
  readonly label: string
  readonly concurrency = 1
  readonly batchSize = MOST_WAITING
  readonly rate = null
  readonly ordering = 'together'
  readonly timeoutMs = TIMEOUT_MS
  readonly retry: RetryPolicy
  readonly gate = new BindingGate()
  failingSince: number | null
  readonly #parts: TargetParts

  constructor(id: number, failingSince: number | null, parts: TargetParts) {
    this.id = id
    this.label = `WeChat binding ${id}`
    this.failingSince = failingSince
    this.retry = parts.retry
    this.#parts = parts
  }

  prepare(jobs: readonly DueJob[], now: number) {
    return inOneRequest(jobs, () => this.#send(jobs, now))
  }

  async #send(jobs: readonly DueJob[], now: number): Promise<Verdict> {
    try {
      return await this.#deliver(jobs, now)
    } catch (error) {
      this.#parts.onFault(error as Error)
      return this.#later(AFTER_FAULT_MS)
    }
  }

  /** Decides once more, by the newest state: the user may have written, or muted, since the claim. */
  async #deliver(jobs: readonly DueJob[], now: number): Promise<Verdict> {
    const addressee = await readAddressee(this.id, this.#parts.owner, now)
    const closed = addressee && (closedBy(addressee.binding, now) ?? addressee.silence)
    if (closed) {
      return { kind: 'held', ...closed }
    }
    const message = addressee && (await compose(jobs, addressee))
    const result = message && (await this.#parts.sender.send(addressee.binding, message))
    if (result === null) {
      return this.#later(SPACING_MS)
    }
    return this.#verdict(result, message!.kind === 'single')
  }

  /** Gives the jobs back, which is no try at them. */
  #later(ms: number): Verdict {
    this.gate.pauseUntil(this.#parts.clock.now() + ms)
    return { kind: 'interrupted' }
  }

  async #verdict(result: SendResult, mayRepeat: boolean): Promise<Verdict> {
    switch (result.kind) {
      case 'accepted':
        return { kind: 'accepted', answer: { status: 200, head: result.messageId } }
      case 'unconfirmed': {
        const answer = { status: 200, head: '' }
        return { kind: 'unconfirmed', cause: because('unconfirmed'), answer }
      }
      case 'refused':
        return { kind: 'held', ...(await this.#refusedFor()) }
      case 'dead':
        // The binding has ended with it: a new login takes up what waits.
        return { kind: 'held', reason: 'unbound', until: null }
      case 'unknown': {
        const cause = because('unknown_outcome', result.why)
        return { kind: 'unknown', cause, answer: null, mayRepeat }
      }
      case 'unsent': {
        const { why, retryAfterMs } = result
        const cause = because('connect', why)
        return { kind: 'failed', cause, answer: null, retryAfterMs, isOverload: true }
      }
    }
  }

  /** What the refusal has taught says when to go on; the user may have written meanwhile. */
  async #refusedFor() {
    const { owner, clock } = this.#parts
    const now = clock.now()
    const addressee = await readAddressee(this.id, owner, now)
    const closed = addressee && closedBy(addressee.binding, now)
    return closed ?? ({ reason: 'throttled', until: null } as const)
  }
}
