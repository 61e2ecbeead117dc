import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Clock } from '#foundation/clock'
import type { Random } from '#demo/market/random'
import { botRequests, DEAD, type Reply } from '#demo/wechat/bot_requests'
import { fail, Faults, isCarriedOut, LATE_MS, type Endpoint } from '#demo/wechat/faults'
import { PlayClock } from '#demo/wechat/play_clock'
import type { PlayLogin } from '#demo/wechat/play_login'
import { bearer, headerMistake } from '#demo/wechat/request_headers'
import { writeJson } from '#demo/write_json'
import { World, type Person } from '#demo/wechat/world'

interface ServerOptions {
  clock: Clock
  random: Random
  /** Not set: one that is free. */
  port?: number
}

/** Answers a request that is not one of the protocol; true when it did. */
export type ExtraRoutes = (request: IncomingMessage, response: ServerResponse) => boolean

const PATH = /^\/ilink\/bot\/(?:msg\/)?(\w+)$/

/** The largest body that is read, in bytes. */
const LARGEST_BODY = 1024 * 1024

/**
 * The iLink Bot API of WeChat as far as bots of people go, on this machine: what it accepts, refuses
 * and forgets is what was seen of the real one. It is for the demo and for tests.
 */
export class ILinkServer {
  readonly world: World
  readonly faults = new Faults()
  /** Pages beside the protocol. */
  extraRoutes: ExtraRoutes = () => false
  readonly #first: Server
  readonly #second: Server

  private constructor({ clock, random }: ServerOptions) {
    this.world = new World(new PlayClock(clock), random)
    this.#first = createServer((request, response) => void this.#handle(request, response))
    this.#second = createServer((request, response) => void this.#handle(request, response))
  }

  static async start(options: ServerOptions): Promise<ILinkServer> {
    const server = new ILinkServer(options)
    await listen(server.#first, options.port ?? 0)
    await listen(server.#second, 0)
    return server
  }

  get url(): string {
    return `http://${this.host}`
  }

  /** Host and port. */
  get host(): string {
    return hostOf(this.#first)
  }

  /** Where a login can be redirected to: the same people behind another port. */
  get secondHost(): string {
    return hostOf(this.#second)
  }

  /** The person's phone reads a code. */
  scan(login: PlayLogin, person: Person) {
    const { redirectsTo } = this.world.knobs
    const host = redirectsTo === 'second_port' ? this.secondHost : redirectsTo
    const answer = login.scan(person.id, host)
    this.world.onChange()
    return answer
  }

  async stop() {
    for (const server of [this.#first, this.#second]) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, this.url)
    const endpoint = PATH.exec(url.pathname)?.[1] as Endpoint | undefined
    if (endpoint === undefined) {
      if (!this.extraRoutes(request, response)) response.writeHead(404).end()
      return
    }

    const body = await jsonOf(request)
    const fault = this.faults.take(endpoint)
    if (fault !== undefined && fault !== 'late' && !isCarriedOut(fault)) {
      return fail(fault, response)
    }
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const reply = await this.#reply(endpoint, url, request, body, gone.signal)
    this.world.onChange()
    if (fault === 'late') {
      await sleep(LATE_MS)
    } else if (fault !== undefined) {
      return fail(fault, response)
    }
    response.setHeader('content-type', 'application/json')
    response.statusCode = reply === UNAUTHORIZED ? 401 : 200
    response.end(reply === null ? '' : writeJson(reply))
  }

  #reply(
    endpoint: Endpoint,
    url: URL,
    { headers, method }: IncomingMessage,
    body: Record<string, any>,
    signal: AbortSignal
  ): Promise<Reply> | Reply {
    const isLogin = endpoint === 'get_bot_qrcode' || endpoint === 'get_qrcode_status'
    if (method === 'POST' && headerMistake(headers, !isLogin) !== null) {
      return UNAUTHORIZED
    }
    switch (endpoint) {
      case 'get_bot_qrcode':
        return this.#startLogin(url, body)
      case 'get_qrcode_status':
        return this.#loginStatus(url, headers.host ?? '', signal)
      default: {
        const bot = this.world.bots.get(bearer(headers) ?? '')
        const handle = botRequests[endpoint]
        if (!handle) return { ret: 2, errmsg: 'no such request' }
        return bot && !bot.isDead ? handle(this.world, { bot, headers, body, signal }) : DEAD
      }
    }
  }

  #startLogin(url: URL, body: Record<string, any>): Reply {
    if (url.searchParams.get('bot_type') !== '3') {
      return { ret: 2, errmsg: 'invalid bot_type' }
    }
    const known = Array.isArray(body.local_token_list) ? body.local_token_list.map(String) : []
    const { key, content } = this.world.addLogin(known, (of) => `${this.url}/scan/${of}`)
    return { qrcode: key, qrcode_img_content: content }
  }

  async #loginStatus(url: URL, host: string, signal: AbortSignal): Promise<Reply> {
    const login = this.world.logins.get(url.searchParams.get('qrcode') ?? '')
    if (!login) {
      return { ret: 0, status: 'expired' }
    }
    const digits = url.searchParams.get('verify_code')
    if (digits !== null) login.enter(digits)
    const status = await login.poll(host, signal)
    const { bot } = login
    return {
      ret: 0,
      status,
      ...(status === 'scaned_but_redirect' && { redirect_host: login.redirectedTo }),
      ...(status === 'confirmed' && {
        bot_token: bot!.token,
        ilink_bot_id: bot!.id,
        ilink_user_id: bot!.personId,
        baseurl: this.world.knobs.baseUrl ?? this.url,
      }),
    }
  }
}

const UNAUTHORIZED = { ret: 401, errmsg: 'unauthorized' }

async function listen(server: Server, port: number) {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function jsonOf(request: IncomingMessage): Promise<Record<string, any>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > LARGEST_BODY) break
    chunks.push(chunk as Buffer)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) ?? {}
  } catch {
    return {}
  }
}
