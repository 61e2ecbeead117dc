import type { Socket } from 'node:net'
import { Agent, request } from 'undici'
import { answerText } from '#foundation/net/answer_text'
import type { buildConnector, Dispatcher } from 'undici'
import type { Clock } from '#foundation/clock'
import { AddressGuard } from '#foundation/net/address_guard'
import { GuardedDialer } from '#foundation/net/guarded_dialer'
import { retryAfterMs } from '#foundation/text/retry_after'
import { ILinkFailure } from '#wechat/ilink/answer'
import type { TrustedHosts } from '#wechat/ilink/trusted_hosts'

export interface ApiRequest {
  method: 'GET' | 'POST'
  url: URL
  headers: Record<string, string>
  body?: string
  /** For connecting, waiting and reading together, in milliseconds. */
  timeoutMs: number
  /** The server holds it until there is something to answer. */
  isHeld?: boolean
  signal?: AbortSignal
}

/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 10_000

/** The largest answer that is read, in bytes: messages of some hours fit many times. */
const LARGEST_ANSWER = 8 * 1024 * 1024

/** The longest pause that a server's Retry-After is believed, in milliseconds. */
const LONGEST_PAUSE_MS = 60 * 60_000

/**
 * Makes the requests: HTTP/1.1 with kept connections, as many as there are requests at once, no
 * redirects. Only public addresses are connected to, except for hosts that the operator named.
 */
export class Transport {
  readonly #hosts: TrustedHosts
  readonly #clock: Clock
  readonly #public = new Connections(new AddressGuard([]))
  readonly #own = new Connections(new AddressGuard(['0.0.0.0/0', '::/0']))

  constructor(hosts: TrustedHosts, clock: Clock) {
    this.#hosts = hosts
    this.#clock = clock
  }

  /**
   * The body of an answer with status 200.
   *
   * @throws ILinkFailure `unsent`, `lost`, or `interrupted`
   */
  async ask(asked: ApiRequest): Promise<string> {
    const { held, quick } = this.#hosts.isOwn(asked.url) ? this.#own : this.#public
    const limit = AbortSignal.timeout(asked.timeoutMs)
    const signal = asked.signal ? AbortSignal.any([asked.signal, limit]) : limit
    const { url, method, headers, body, isHeld } = asked
    const dispatcher = isHeld ? held : quick
    const attempt = () => request(url, { method, headers, body, dispatcher, signal })
    try {
      const response = await attempt().catch((error) => {
        if (isHeld && hasMissed(error)) return attempt()
        throw error
      })
      return await bodyOf(response, this.#clock.now())
    } catch (error) {
      throw asked.signal?.aborted ? interrupted() : failureOf(error)
    }
  }

  async close() {
    await Promise.all([this.#public.close(), this.#own.close()])
  }
}

/**
 * Hundreds of requests are held at any time, each on a connection of its own. All others share a few:
 * among those that are held, each request would look for one that is free.
 */
class Connections {
  readonly held: Agent
  readonly quick: Agent

  constructor(guard: AddressGuard) {
    this.held = agent(guard)
    this.quick = agent(guard)
  }

  async close() {
    await Promise.all([this.held.destroy(), this.quick.destroy()])
  }
}

/** Each request has a limit of its own, so that a long poll may take its time. */
function agent(guard: AddressGuard): Agent {
  return new Agent({
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => connectWithin(CONNECT_MS, guard, options, callback),
  })
}

/** Whatever goes wrong before there is a connection, the server has got nothing. */
function connectWithin(
  ms: number,
  guard: AddressGuard,
  options: buildConnector.Options,
  callback: buildConnector.Callback
) {
  const dialer = new GuardedDialer(guard)
  const settle = (error: Error | null, socket: Socket | null) => {
    clearTimeout(timer)
    if (!isSettled) {
      isSettled = true
      error ? callback(unsent(error), null) : callback(null, socket!)
    }
  }
  let isSettled = false
  const timer = setTimeout(() => {
    settle(dialer.pending ?? new Error('no TLS connection came about'), null)
    dialer.stop()
  }, ms)
  dialer.connect(options, (error, socket) => settle(error, socket))
}

/**
 * A kept connection was closed while the next request was on its way: the server has not read it. Where
 * it does nothing but wait it is made again, and the server is not taken for one that fails.
 */
function hasMissed(error: { code?: string; socket?: { bytesRead: number } }): boolean {
  return error.code === 'UND_ERR_SOCKET' && (error.socket?.bytesRead ?? 0) > 0
}

function unsent(cause: Error): ILinkFailure {
  const { code, message } = cause as NodeJS.ErrnoException
  return new ILinkFailure('unsent', code ?? message, { cause })
}

async function bodyOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  now: number
): Promise<string> {
  if (statusCode !== 200) {
    await body.dump({ limit: LARGEST_ANSWER })
    throw statusFailure(statusCode, headers['retry-after'], now)
  }
  const text = await answerText(body, false, LARGEST_ANSWER)
  if (text === null) {
    throw new ILinkFailure('unreadable', `the answer is larger than ${LARGEST_ANSWER} bytes`)
  }
  return text
}

/** A gateway's 5xx (524 is that of a long poll) says nothing of the server behind it. */
function statusFailure(
  status: number,
  retryAfter: string | string[] | undefined,
  now: number
): ILinkFailure {
  const wait = retryAfterMs([retryAfter].flat()[0], now, LONGEST_PAUSE_MS)
  return new ILinkFailure(status < 500 ? 'unsent' : 'lost', `HTTP ${status}`, {
    retryAfterMs: wait ?? undefined,
  })
}

function failureOf(error: unknown): ILinkFailure {
  if (error instanceof ILinkFailure) {
    return error
  }
  const { code, name, message } = error as NodeJS.ErrnoException
  const why = name === 'TimeoutError' ? 'no answer in time' : (code ?? message)
  return new ILinkFailure('lost', why, { cause: error })
}

function interrupted(): ILinkFailure {
  return new ILinkFailure('interrupted', 'the request was aborted')
}
