import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { insist } from '#foundation/db/insist'
import { LeaseLostError } from '#foundation/db/lease'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { ILinkFailure, type ServerRefusal } from '#wechat/ilink/answer'
import type { ILinkClient } from '#wechat/ilink/client'
import type { Bot } from '#wechat/ilink/wire'
import type { Updates } from '#wechat/ilink/updates'
import { expireBinding } from '#wechat/polling/expire_binding'
import type { HostPauses } from '#wechat/polling/host_pauses'
import type { IdleCursors } from '#wechat/polling/idle_cursors'
import type { PollingLog } from '#wechat/polling/polling_log'
import { noteLapse, storeUpdates, type NewMessage } from '#wechat/polling/store_updates'

/** So many answers in a row that look like those of a login that has lapsed mean that it has. */
const LAPSES_OF_DEAD = 3

/** The wait after an answer that cannot be used, in milliseconds. Tencent's client waits 2 s to 30 s. */
const PAUSE = { firstMs: 2000, longestMs: 30_000 }

/** The least time between the beginnings of two polls that bring nothing, in milliseconds. */
const LEAST_BETWEEN_MS = 1000

/** A server without this call is polled all the same, after so many tries. */
const TRIES_TO_ANNOUNCE = 3

export interface PollerParts {
  client: Pick<ILinkClient, 'getUpdates' | 'notifyStart'>
  /** The name of this process in leases. */
  owner: string
  pauses: HostPauses
  idle: IdleCursors
  clock: Clock
  log: PollingLog
  /** Answers messages that are stored; does not keep the poller waiting. */
  answer: (binding: WechatBotBinding, messages: readonly NewMessage[]) => void
}

/** Polls for the messages to one bot, one poll after the other, and stores them. */
export class Poller {
  readonly #parts: PollerParts
  readonly #binding: WechatBotBinding
  readonly #bot: Bot
  #cursor: string
  #lapses: number
  #failures = 0
  #holdMs: number | undefined
  #triesToAnnounce = TRIES_TO_ANNOUNCE

  constructor(parts: PollerParts, binding: WechatBotBinding) {
    const { baseUrl, botToken, cursor, lapses } = binding
    this.#parts = parts
    this.#binding = binding
    this.#bot = { baseUrl, botToken }
    this.#cursor = cursor
    this.#lapses = lapses
  }

  /** Polls until `signal` aborts, the binding has ended, or another process polls it. */
  async run(signal: AbortSignal) {
    const { clock, pauses } = this.#parts
    let waitMs: number | null = 0
    while (waitMs !== null) {
      const beforeMs = Math.max(waitMs, pauses.waitMs(this.#bot.baseUrl))
      if (beforeMs > 0) await clock.sleep(beforeMs, signal)
      if (signal.aborted) return
      waitMs = await this.#turn(signal)
    }
  }

  /** Polls once. Answers the wait before the next poll in milliseconds, or null after the last one. */
  async #turn(signal: AbortSignal): Promise<number | null> {
    try {
      await this.#announce(signal)
      const startedAt = this.#parts.clock.elapsed()
      const updates = await this.#poll(signal)
      const waitMs = await this.#take(updates, signal)
      const earliest = startedAt + LEAST_BETWEEN_MS - this.#parts.clock.elapsed()
      return waitMs === 'when it is time' ? Math.max(0, earliest) : waitMs
    } catch (error) {
      return this.#afterError(error as Error, signal)
    }
  }

  /** Tells the server that polling begins, until it was heard. */
  async #announce(signal: AbortSignal) {
    if (this.#triesToAnnounce === 0) {
      return
    }
    this.#triesToAnnounce--
    try {
      const answer = await this.#parts.client.notifyStart(this.#bot, signal)
      this.#triesToAnnounce = 0
      if (answer.kind === 'dead') throw new DeadToken(answer)
    } catch (error) {
      // The poll itself shows whether the server is there.
      if (!(error instanceof ILinkFailure) || error.kind === 'interrupted') throw error
    }
  }

  async #poll(signal: AbortSignal): Promise<Updates> {
    const { client, pauses } = this.#parts
    const updates = await client.getUpdates(this.#bot, this.#cursor, {
      holdMs: this.#holdMs,
      signal,
    })
    pauses.succeeded(this.#bot.baseUrl)
    return updates
  }

  async #take(updates: Updates, signal: AbortSignal): Promise<number | null | 'when it is time'> {
    switch (updates.kind) {
      case 'dead':
        throw new DeadToken(updates)
      case 'refused':
        this.#parts.log.refused(this.#binding.id, updates)
        return backoff(PAUSE, this.#failures++)
      case 'lapsed':
        return this.#lapse()
      case 'idle':
      case 'messages':
        return this.#receive(updates, signal)
    }
  }

  async #receive(
    { messages, cursor, holdMs }: Extract<Updates, { messages: object }>,
    signal: AbortSignal
  ) {
    const { idle, clock, answer } = this.#parts
    this.#lapses = 0
    this.#failures = 0
    this.#holdMs = holdMs ?? this.#holdMs
    if (messages.length === 0) {
      this.#cursor = cursor ?? this.#cursor
      idle.note(this.#held, this.#cursor, clock.now())
      return 'when it is time'
    }
    const brought = { messages, from: this.#cursor, cursor }
    const fresh = await this.#insist(() => storeUpdates(this.#held, brought, clock.now()), signal)
    idle.forget(this.#binding.id)
    this.#cursor = cursor ?? this.#cursor
    answer(this.#binding, fresh)
    return fresh.length > 0 ? 0 : 'when it is time'
  }

  /** One such answer may be an accident. */
  async #lapse(): Promise<number> {
    this.#lapses++
    if (this.#lapses >= LAPSES_OF_DEAD) {
      throw new DeadToken({ ret: 0, errcode: 0, text: 'the login has lapsed' })
    }
    await noteLapse(this.#held, this.#lapses)
    return PAUSE.firstMs
  }

  /** What was handed out is not handed out again: while the database is away, it is tried again. */
  #insist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { clock, log } = this.#parts
    return insist(work, { clock, signal, onFault: (error) => log.fault(error) })
  }

  async #afterError(error: Error, signal: AbortSignal): Promise<number | null> {
    const { log, pauses, clock } = this.#parts
    if (error instanceof LeaseLostError) {
      return null
    }
    if (error instanceof DeadToken) {
      const { id } = this.#binding
      await this.#insist(() => expireBinding(id, error.message, clock.now()), signal)
      log.expired(id, error.message)
      return null
    }
    if (error instanceof ILinkFailure) {
      if (error.kind === 'interrupted') return 0
      pauses.failed(this.#bot.baseUrl, error.retryAfterMs)
      log.failed(this.#bot.baseUrl, error)
    } else {
      log.fault(error)
    }
    return backoff(PAUSE, this.#failures++)
  }

  get #held() {
    const { id, pollFence, userWxId } = this.#binding
    return { id, fence: pollFence, userWxId, owner: this.#parts.owner }
  }
}

/** Only a new scan by the user helps. */
class DeadToken extends Error {
  constructor({ ret, errcode, text }: ServerRefusal) {
    super(text || `ret ${ret}, errcode ${errcode}`)
  }
}
