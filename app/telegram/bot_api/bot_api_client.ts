import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { answerText } from '#foundation/net/answer_text'
import { hideSecretsOf } from '#foundation/text/redact'
import { BotApiFailure, resultIn, type Members } from '#telegram/bot_api/bot_api_failure'
import { harmless, htmlOf } from '#telegram/bot_api/html'
import { readUpdates, type ReceivedUpdate } from '#telegram/bot_api/updates'

/** How long a request may take that is answered at once, in milliseconds. */
const QUICK_MS = 15_000

/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 10_000

/** How much longer than asked for an empty poll may be held, in milliseconds. */
const HOLD_MARGIN_MS = 10_000

/** The largest answer that is read, in bytes: 100 updates of the longest texts fit many times. */
const LARGEST_ANSWER = 8 * 1024 * 1024

/** A bot as `getMe` tells of it. */
export interface BotIdentity {
  id: number
  /** Without the `@`. */
  username: string
}

/** A button below a message: opens a link, or tells the bot that it was pressed. */
export type Button = { text: string } & ({ url: string } | { callback_data: string })

export interface OutgoingText {
  text: string
  /** In rows. */
  buttons: readonly (readonly Button[])[]
  /** Without any form: Telegram could not read it as HTML. */
  isPlain?: boolean
}

/** A command as the menu of a chat shows it. */
export interface MenuEntry {
  command: string
  description: string
}

interface Asking {
  timeoutMs?: number
  signal?: AbortSignal
}

/**
 * Speaks the Bot API for one bot (core.telegram.org/bots/api). The token stands in the path of each
 * request, so no URL is ever part of a message or a log.
 */
export class BotApiClient {
  readonly #url: URL
  readonly #token: string
  readonly #agent = new Agent({
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_MS },
  })

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = new URL(url)
    this.#token = token
    hideSecretsOf(`https://telegram/${token}`)
  }

  /** The number of the bot, which its token begins with. */
  get botId(): number {
    return Number(this.#token.split(':')[0])
  }

  async getMe(signal?: AbortSignal): Promise<BotIdentity> {
    const { id, username } = Object(await this.#ask('getMe', {}, { signal })) as Members
    return { id: Number(id), username: String(username) }
  }

  /**
   * What has happened from an update on, which also tells Telegram that those before it are stored.
   *
   * @param from the number of the first update that is wanted
   * @param holdMs how long Telegram may wait for one, in milliseconds
   */
  async getUpdates(from: number, holdMs: number, signal: AbortSignal): Promise<ReceivedUpdate[]> {
    const asked = {
      offset: from,
      timeout: Math.floor(holdMs / 1000),
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    }
    const timeoutMs = holdMs + HOLD_MARGIN_MS
    return readUpdates(await this.#ask('getUpdates', asked, { timeoutMs, signal }))
  }

  /** Sends a message and answers its number in the chat. */
  async sendMessage(chatId: number, { text, buttons, isPlain }: OutgoingText): Promise<number> {
    const sent = await this.#ask('sendMessage', {
      chat_id: chatId,
      ...(isPlain ? { text: harmless(text) } : { text: htmlOf(text), parse_mode: 'HTML' }),
      link_preview_options: { is_disabled: true },
      ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons } }),
    })
    return Number((Object(sent) as Members).message_id)
  }

  /** Ends the waiting sign of a button, with words that are shown for a moment. */
  async answerCallbackQuery(id: string, text: string) {
    await this.#ask('answerCallbackQuery', { callback_query_id: id, text })
  }

  /** @param language of two letters; null: for all others */
  async setMyCommands(commands: readonly MenuEntry[], language: string | null) {
    await this.#ask('setMyCommands', {
      commands,
      ...(language !== null && { language_code: language }),
    })
  }

  /** Whether a person may speak for a group. */
  async isAdmin(chatId: number, personId: number): Promise<boolean> {
    const member = await this.#ask('getChatMember', { chat_id: chatId, user_id: personId })
    const { status } = Object(member) as Members
    return status === 'creator' || status === 'administrator'
  }

  async close() {
    await this.#agent.destroy()
  }

  async #ask(method: string, fields: object, { timeoutMs = QUICK_MS, signal }: Asking = {}) {
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      const { statusCode, body } = await request(this.#address(method), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
        dispatcher: this.#agent,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      return resultIn(statusCode, await textOf(body))
    } catch (error) {
      if (signal?.aborted) throw new BotApiFailure('interrupted', 'the request was aborted')
      throw error instanceof BotApiFailure ? error : failureOf(error as NodeJS.ErrnoException)
    }
  }

  #address(method: string): URL {
    const base = this.#url.pathname.replace(/\/+$/, '')
    return new URL(`${base}/bot${this.#token}/${method}`, this.#url)
  }
}

async function textOf(body: Readable): Promise<string> {
  const text = await answerText(body, false, LARGEST_ANSWER)
  if (text === null) {
    throw new BotApiFailure('lost', `the answer is larger than ${LARGEST_ANSWER} bytes`)
  }
  return text
}

/** Where no connection came about, Telegram has got nothing. */
const NEVER_CONNECTED = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
]

function failureOf({ code, name, message }: NodeJS.ErrnoException): BotApiFailure {
  const why = name === 'TimeoutError' ? 'no answer in time' : (code ?? message)
  return new BotApiFailure(NEVER_CONNECTED.includes(code ?? '') ? 'unsent' : 'lost', why)
}
