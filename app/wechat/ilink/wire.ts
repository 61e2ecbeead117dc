import { randomBytes } from 'node:crypto'
import type { Clock } from '#foundation/clock'
import { ILinkFailure, readAnswer, type Answer, type Members } from '#wechat/ilink/answer'
import { Transport } from '#wechat/ilink/transport'
import type { TrustedHosts } from '#wechat/ilink/trusted_hosts'

export interface WireOptions {
  /** Names this program to the server, such as `Regou/0.1.0`: ASCII, at most 256 bytes. */
  botAgent: string
  clock: Clock
}

/** What is needed to speak for a bot. */
export interface Bot {
  baseUrl: string
  botToken: string
}

export interface Limits {
  /** For the whole request, in milliseconds. */
  timeoutMs: number
  signal?: AbortSignal
  /** The server holds it until there is something to answer. */
  isHeld?: boolean
}

/** The version of the protocol that is spoken: that of Tencent's own client 2.4.9. */
const CHANNEL_VERSION = '2.4.9'
/** The same as `major << 16 | minor << 8 | patch`. */
const CLIENT_VERSION = '132105'

/** On every request. Where one is missing, the server says yes to messages and drops them. */
const APP_HEADERS = { 'iLink-App-Id': 'bot', 'iLink-App-ClientVersion': CLIENT_VERSION }

/** The form of the protocol's requests: paths, headers and what every body carries. */
export class Wire {
  readonly #botAgent: string
  readonly #hosts: TrustedHosts
  readonly #transport: Transport

  constructor(hosts: TrustedHosts, { botAgent, clock }: WireOptions) {
    this.#botAgent = botAgent
    this.#hosts = hosts
    this.#transport = new Transport(hosts, clock)
  }

  /** A request for a bot. */
  call(bot: Bot, path: string, body: Members, limits: Limits): Promise<Answer> {
    const baseInfo = { channel_version: CHANNEL_VERSION, bot_agent: this.#botAgent }
    return this.#post(bot, path, { ...body, base_info: baseInfo }, limits)
  }

  /** The request with which a login starts: there is no bot yet, and no `base_info`. */
  start(baseUrl: string, path: string, body: Members, limits: Limits): Promise<Answer> {
    return this.#post({ baseUrl, botToken: null }, path, body, limits)
  }

  /** @param secret what the path holds and no error may repeat */
  async get(baseUrl: string, path: string, secret: string, limits: Limits): Promise<Answer> {
    const url = this.#endpoint(baseUrl, path)
    const body = await this.#transport.ask({ method: 'GET', url, headers: APP_HEADERS, ...limits })
    return readAnswer(body, secret)
  }

  async close() {
    await this.#transport.close()
  }

  async #post(
    { baseUrl, botToken }: { baseUrl: string; botToken: string | null },
    path: string,
    body: Members,
    limits: Limits
  ): Promise<Answer> {
    const text = await this.#transport.ask({
      method: 'POST',
      url: this.#endpoint(baseUrl, path),
      headers: {
        ...APP_HEADERS,
        'Content-Type': 'application/json',
        'AuthorizationType': 'ilink_bot_token',
        'X-WECHAT-UIN': randomUin(),
        ...(botToken === null ? {} : { Authorization: `Bearer ${botToken}` }),
      },
      body: JSON.stringify(body),
      ...limits,
    })
    return readAnswer(text, botToken)
  }

  /** Base URLs are stored, and one that was trusted then may not be any more. */
  #endpoint(baseUrl: string, path: string): URL {
    const base = this.#hosts.trustedBase(baseUrl)
    if (base === null) {
      throw new ILinkFailure('unsent', 'the host of this bot is not among WECHAT_ALLOWED_HOSTS')
    }
    return new URL(`${base}/ilink/bot/${path}`)
  }
}

/** A random unsigned 32-bit number for each request, its decimal digits in base64. */
function randomUin(): string {
  return Buffer.from(String(randomBytes(4).readUInt32BE())).toString('base64')
}
