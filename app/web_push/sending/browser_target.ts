import type { Clock } from '#foundation/clock'
import { because } from '#models/reasons'
import User from '#models/user'
import WebPushSubscription from '#models/web_push_subscription'
import { ChatGate } from '#chat/preferences/chat_gate'
import { MOST_WAITING } from '#chat/preferences/chat_subscribers'
import { preferencesOf } from '#chat/preferences/preferences'
import { silenceOf } from '#chat/preferences/quiet_hours'
import { readerOf } from '#chat/reader'
import { inOneRequest } from '#delivery/channel'
import type { Target, Verdict } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import type { DueJob } from '#delivery/queue/job'
import { compose } from '#web_push/message/compose'
import type { PushAnswer, PushClient } from '#web_push/sending/push_client'

/** Longer than the client takes, in milliseconds. */
const TIMEOUT_MS = 30_000

/** How long a browser is left alone when something of our own failed, in milliseconds. */
const AFTER_FAULT_MS = 5000

/** The pause where a push service does not say how long, in milliseconds. */
const PAUSE_MS = 60_000

/** News of a market is no news an hour later. */
const TTL_SECONDS = 3600

/** What push services are too busy to take. */
const OVERLOAD = [500, 502, 503, 504]

interface TargetParts {
  client: PushClient
  clock: Clock
  retry: RetryPolicy
  /** Is told of what failed before a request, or after it: as a rule the database. */
  onFault: (error: Error) => void
}

/** A browser as a target: what waits while the pace allows nothing is one notification. */
export class BrowserTarget implements Target {
  readonly id: number
  readonly label: string
  readonly concurrency = 1
  readonly batchSize = MOST_WAITING
  /** More often nobody reads them. */
  readonly rate = { requests: 1, perMs: 3000 }
  readonly ordering = 'together'
  readonly timeoutMs = TIMEOUT_MS
  readonly retry: RetryPolicy
  readonly gate = new ChatGate()
  readonly failingSince: number | null
  readonly #parts: TargetParts

  constructor(id: number, failingSince: number | null, parts: TargetParts) {
    this.id = id
    this.label = `browser ${id}`
    this.failingSince = failingSince
    this.retry = parts.retry
    this.#parts = parts
  }

  prepare(jobs: readonly DueJob[]) {
    return inOneRequest(jobs, () => this.#send(jobs))
  }

  async #send(jobs: readonly DueJob[]): Promise<Verdict> {
    try {
      return await this.#deliver(jobs)
    } catch (error) {
      this.#parts.onFault(error as Error)
      this.gate.pauseUntil(this.#parts.clock.now() + AFTER_FAULT_MS)
      return { kind: 'interrupted' }
    }
  }

  /** Decides once more, by the newest state: the user may have muted, or switched off, since the claim. */
  async #deliver(jobs: readonly DueJob[]): Promise<Verdict> {
    const { clock, client } = this.#parts
    const now = clock.now()
    const browser = await WebPushSubscription.query()
      .where({ id: this.id, status: 'active' })
      .first()
    if (!browser) return { kind: 'held', reason: 'unbound', until: null }

    const user = await User.findOrFail(browser.userId)
    const preference = await preferencesOf(user.id)
    const reader = await readerOf(user)
    const silence = silenceOf(preference, reader.timeZone, now)
    if (silence) return { kind: 'held', ...silence }

    const notification = await compose(jobs, { preference, reader, now })
    const text = JSON.stringify(notification)
    const push = { text, ttlSeconds: TTL_SECONDS, topic: notification.tag }
    const { endpoint, publicKey: p256dh, auth } = browser
    return this.#verdict(await client.send({ endpoint, p256dh, auth }, push, now))
  }

  #verdict(answer: PushAnswer): Verdict | Promise<Verdict> {
    if ('error' in answer) {
      const { error, isUnsent } = answer
      // The same tag shows it once, also where it has arrived before.
      return isUnsent
        ? failed(because('connect', error), null, null)
        : {
            kind: 'unknown',
            cause: because('unknown_outcome', error),
            answer: null,
            mayRepeat: true,
          }
    }
    const { status, retryAfterMs } = answer
    if (status >= 200 && status < 300) return { kind: 'accepted', answer }
    if (status === 404 || status === 410) return { kind: 'gone', cause: because('gone'), answer }
    if (status === 429) return this.#pause(retryAfterMs ?? PAUSE_MS)

    const cause = because('status', String(status))
    return OVERLOAD.includes(status)
      ? failed(cause, answer, retryAfterMs)
      : { kind: 'unknown', cause, answer, mayRepeat: false }
  }

  async #pause(ms: number): Promise<Verdict> {
    const until = this.#parts.clock.now() + ms
    this.gate.pauseUntil(until)
    await WebPushSubscription.query().where('id', this.id).update({ pausedUntil: until })
    return { kind: 'held', reason: 'throttled', until }
  }
}

function failed(
  cause: ReturnType<typeof because<'connect' | 'status'>>,
  answer: { status: number; head: string } | null,
  retryAfterMs: number | null
): Verdict {
  return { kind: 'failed', cause, answer, retryAfterMs, isOverload: true }
}
