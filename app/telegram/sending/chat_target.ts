import type { Clock } from '#foundation/clock'
import { because } from '#models/reasons'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { ChatGate } from '#chat/preferences/chat_gate'
import { MOST_WAITING } from '#chat/preferences/chat_subscribers'
import { preferencesOf } from '#chat/preferences/preferences'
import { silenceOf, type Silence } from '#chat/preferences/quiet_hours'
import { readerOf } from '#chat/reader'
import { inOneRequest } from '#delivery/channel'
import type { Rate, Target, Verdict } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import type { DueJob } from '#delivery/queue/job'
import { insist } from '#foundation/db/insist'
import type { ChatSender, SendResult } from '#telegram/sending/chat_sender'
import { compose, type Addressee } from '#telegram/sending/compose'
import { beginPush, finishPush, type Push } from '#telegram/sending/stored_message'

/** Longer than the client waits for the answers to a message and its plain copy, in milliseconds. */
const TIMEOUT_MS = 60_000

/** How long a chat is left alone when something of our own failed, in milliseconds. */
const AFTER_FAULT_MS = 5000

/**
 * The paces that Telegram names, one message a second to a person and 20 a minute to a group, less what
 * answers to commands may need. Source: core.telegram.org/bots/faq
 */
const RATES: Record<TelegramChat['kind'], Rate> = {
  private: { requests: 1, perMs: 1000 },
  group: { requests: 16, perMs: 60_000 },
}

interface TargetParts {
  sender: ChatSender
  clock: Clock
  retry: RetryPolicy
  /** Is told of what failed before a request, or after it: as a rule the database. */
  onFault: (error: Error) => void
}

/** A chat as a target: what waits for the rate limit is sent in one message. */
export class ChatTarget implements Target {
  readonly id: number
  readonly label: string
  readonly concurrency = 1
  readonly batchSize = MOST_WAITING
  readonly rate: Rate
  readonly ordering = 'together'
  readonly timeoutMs = TIMEOUT_MS
  readonly retry: RetryPolicy
  readonly gate = new ChatGate()
  readonly failingSince: number | null
  readonly #parts: TargetParts

  constructor(
    { id, kind, failingSince }: Pick<TelegramChat, 'id' | 'kind' | 'failingSince'>,
    parts: TargetParts
  ) {
    this.id = id
    this.label = `Telegram chat ${id}`
    this.rate = RATES[kind]
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
      return this.#later()
    }
  }

  /** Decides once more, by the newest state: the user may have muted, or unbound, since the claim. */
  async #deliver(jobs: readonly DueJob[]): Promise<Verdict> {
    const { clock } = this.#parts
    const chat = await TelegramChat.query().where({ id: this.id, status: 'active' }).first()
    if (!chat) {
      return { kind: 'held', reason: 'unbound', until: null }
    }
    const { silence, ...addressee } = await readAddressee(chat, clock.now())
    if (silence) {
      return { kind: 'held', ...silence }
    }
    const push = await compose(jobs, addressee)
    const pushId = await beginPush(chat, push, clock.now())
    if (pushId === null) {
      return this.#later()
    }
    const result = await this.#parts.sender.send(chat.chatId, push)
    await insist(() => this.#note(chat, push, pushId, result), this.#parts)
    return this.#verdict(result, jobs.length)
  }

  async #note(chat: TelegramChat, push: Push, pushId: number, result: SendResult) {
    const { clock } = this.#parts
    await finishPush(chat, push, pushId, result, clock.now())
    if (result.kind === 'too_fast') {
      const until = clock.now() + result.waitMs
      this.gate.pauseUntil(until)
      await TelegramChat.query().where('id', this.id).update({ pausedUntil: until })
    }
  }

  /** Gives the jobs back, which is no try at them. */
  #later(): Verdict {
    this.gate.pauseUntil(this.#parts.clock.now() + AFTER_FAULT_MS)
    return { kind: 'interrupted' }
  }

  #verdict(result: SendResult, events: number): Verdict {
    switch (result.kind) {
      case 'accepted':
        return { kind: 'accepted', answer: { status: 200, head: String(result.messageId) } }
      case 'closed':
        // What waits is told when its person comes back.
        return { kind: 'held', reason: 'unbound', until: null }
      case 'too_fast':
        return { kind: 'held', reason: 'throttled', until: this.gate.opensAt }
      case 'refused':
        return refusedFor(result.words, events)
      case 'unknown': {
        const cause = because('unknown_outcome', result.words)
        return { kind: 'unknown', cause, answer: null, mayRepeat: true }
      }
      case 'unsent': {
        const { words, retryAfterMs } = result
        const cause = because('connect', words)
        return { kind: 'failed', cause, answer: null, retryAfterMs, isOverload: true }
      }
    }
  }
}

async function readAddressee(
  chat: TelegramChat,
  now: number
): Promise<Addressee & { silence: Silence | null }> {
  const user = await User.findOrFail(chat.userId)
  const preference = await preferencesOf(user.id)
  const reader = await readerOf(user)
  return { chat, preference, reader, now, silence: silenceOf(preference, reader.timeZone, now) }
}

/** One event that is refused would be refused again; of several, the others may be taken. */
function refusedFor(words: string, events: number): Verdict {
  const cause = because('refused', words)
  return events > 1
    ? {
        kind: 'failed',
        cause,
        answer: null,
        retryAfterMs: null,
        isOverload: false,
        isAboutContent: true,
      }
    : { kind: 'unknown', cause, answer: null, mayRepeat: false }
}
