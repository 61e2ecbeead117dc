import { ILinkFailure, textOf, type Answer, type Members } from '#wechat/ilink/answer'
import { readQrStatus, type QrStatus } from '#wechat/ilink/qr_status'
import { readSent, resultOfFailure, type SendResult } from '#wechat/ilink/sent'
import { TrustedHosts } from '#wechat/ilink/trusted_hosts'
import { readUpdates, type Updates } from '#wechat/ilink/updates'
import { Wire, type Bot, type Limits, type WireOptions } from '#wechat/ilink/wire'

export interface ClientOptions extends WireOptions {
  /** Where logging in starts. */
  url: string
  /** Further hosts that may be sent tokens: see {@link TrustedHosts}. */
  allowedHosts: readonly string[]
}

/** A code to scan, and the key to ask whether it was scanned. */
export interface QrCode {
  key: string
  /** What to draw as a QR code. */
  content: string
}

export interface OutboundText {
  /** The person: `…@im.wechat`. */
  to: string
  /** Unique for each message. The server does not leave out a second one with the same. */
  clientId: string
  /** The newest that came from this person. */
  contextToken: string
  /** At most 2,000 characters and 16,384 bytes of UTF-8; more is refused or cut by the server. */
  text: string
}

/** The answer to a request for a ticket; null where the server gave none. */
export type Ticket = { kind: 'ok'; ticket: string | null } | Exclude<Answer, { kind: 'ok' }>

/** Milliseconds. The server holds a long poll for about 35 s unless it says otherwise. */
export const HOLD_MS = 35_000
const HOLD_MARGIN_MS = 10_000
const SEND_MS = 15_000
const QUICK_MS = 10_000

/** The kind of bot that people can add to their own WeChat. */
const BOT_TYPE = 3

/** The server takes so many earlier tokens with a login. */
const MOST_TOKENS = 10

/**
 * The iLink Bot API of WeChat, as Tencent's client `@tencent-weixin/openclaw-weixin` 2.4.9 speaks
 * it. It keeps nothing but its connections. Every request but a message throws an
 * {@link ILinkFailure} when no answer came that can be read.
 */
export class ILinkClient {
  readonly #hosts: TrustedHosts
  readonly #wire: Wire

  /** @throws OperatorError when the service may not be reached as the settings say */
  constructor(options: ClientOptions) {
    this.#hosts = new TrustedHosts(options.url, options.allowedHosts)
    this.#wire = new Wire(this.#hosts, options)
  }

  /** The base URL where logging in starts. */
  get home(): string {
    return this.#hosts.home
  }

  /**
   * Asks for a code that a person scans.
   *
   * @param knownTokens earlier tokens of the same person, the newest first: with them the server
   *   can say `already_bound`
   */
  async startLogin(knownTokens: readonly string[], signal?: AbortSignal): Promise<QrCode> {
    const answer = await this.#wire.start(
      this.home,
      `get_bot_qrcode?bot_type=${BOT_TYPE}`,
      { local_token_list: knownTokens.slice(0, MOST_TOKENS) },
      { timeoutMs: SEND_MS, signal }
    )
    const members = membersOrThrow(answer)
    const key = textOf(members.qrcode)
    const content = textOf(members.qrcode_img_content)
    if (key === null || content === null) {
      throw new ILinkFailure('unreadable', 'the answer has no QR code')
    }
    return { key, content }
  }

  /**
   * Asks how far a login is; held by the server until that changes, for 35 s at most.
   *
   * @param baseUrl where it was begun, or where it was redirected to
   * @param code the digits that the phone shows, where they were asked for
   */
  async loginStatus(
    baseUrl: string,
    key: string,
    { code, signal }: { code?: string; signal?: AbortSignal } = {}
  ): Promise<QrStatus> {
    const query = new URLSearchParams({ qrcode: key })
    if (code !== undefined) {
      query.set('verify_code', code)
    }
    const answer = await this.#wire.get(baseUrl, `get_qrcode_status?${query}`, key, {
      timeoutMs: HOLD_MS + HOLD_MARGIN_MS,
      signal,
      isHeld: true,
    })
    return readQrStatus(membersOrThrow(answer), baseUrl, this.#hosts)
  }

  /**
   * Waits for messages from a position on. What is handed out counts as received: the server
   * repeats it for no older position but the empty one.
   *
   * @param cursor that of the last answer, or '' at the start
   * @param holdMs how long the server said that it holds this poll
   */
  async getUpdates(
    bot: Bot,
    cursor: string,
    { holdMs = HOLD_MS, signal }: { holdMs?: number; signal?: AbortSignal } = {}
  ): Promise<Updates> {
    const limits = { timeoutMs: holdMs + HOLD_MARGIN_MS, signal, isHeld: true }
    const body = { get_updates_buf: cursor }
    return readUpdates(await this.#wire.call(bot, 'getupdates', body, limits))
  }

  /** Sends one text. No failure of the request is thrown: see {@link SendResult}. */
  sendText(
    bot: Bot,
    { to, clientId, contextToken, text }: OutboundText,
    { timeoutMs = SEND_MS, signal }: Partial<Limits> = {}
  ): Promise<SendResult> {
    const msg = {
      from_user_id: '',
      to_user_id: to,
      client_id: clientId,
      message_type: 2,
      message_state: 2,
      context_token: contextToken,
      item_list: [{ type: 1, text_item: { text } }],
    }
    return this.#wire
      .call(bot, 'sendmessage', { msg }, { timeoutMs, signal })
      .then(readSent, resultOfFailure)
  }

  /**
   * Tells the server that polling begins: before it, answers may be accepted and never shown. A
   * dead token is told here first.
   */
  notifyStart(bot: Bot, signal?: AbortSignal): Promise<Answer> {
    return this.#wire.call(bot, 'msg/notifystart', {}, { timeoutMs: QUICK_MS, signal })
  }

  /** Tells the server that polling ends. */
  notifyStop(bot: Bot, signal?: AbortSignal): Promise<Answer> {
    return this.#wire.call(bot, 'msg/notifystop', {}, { timeoutMs: QUICK_MS, signal })
  }

  /**
   * Asks for the ticket for {@link showTyping}, good for a day. It is answered while messages are
   * refused, and refused itself (-4) before the first message of a person.
   */
  async typingTicket(bot: Bot, to: string, contextToken: string): Promise<Ticket> {
    const body = { ilink_user_id: to, context_token: contextToken }
    const answer = await this.#wire.call(bot, 'getconfig', body, { timeoutMs: QUICK_MS })
    return answer.kind === 'ok'
      ? { kind: 'ok', ticket: textOf(answer.members.typing_ticket) }
      : answer
  }

  /** Shows or takes away the sign that an answer is being written. It costs nothing of the quota. */
  showTyping(bot: Bot, to: string, ticket: string, isTyping = true): Promise<Answer> {
    const body = { ilink_user_id: to, typing_ticket: ticket, status: isTyping ? 1 : 2 }
    return this.#wire.call(bot, 'sendtyping', body, { timeoutMs: QUICK_MS })
  }

  /** Cuts every request under way. */
  async close() {
    await this.#wire.close()
  }
}

function membersOrThrow(answer: Answer): Members {
  if (answer.kind === 'ok') {
    return answer.members
  }
  const { ret, errcode, text } = answer
  throw new ILinkFailure('refused', `ret ${ret}, errcode ${errcode}: ${text}`.trim())
}
