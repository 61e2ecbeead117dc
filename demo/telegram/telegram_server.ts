import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Clock } from '#foundation/clock'
import { BotRefusal, botMethods } from '#demo/telegram/bot_methods'
import { TelegramWorld } from '#demo/telegram/world'

/** What goes wrong with the next request of a method. */
export type TelegramFault = 'drop' | 'drop_after' | 'bad_gateway'

/** Answers a request that is not one of the Bot API; true when it did. */
type ExtraRoutes = (request: IncomingMessage, response: ServerResponse) => boolean

const PATH = /^\/bot(\d+:[\w-]+)\/(\w+)$/

const CONFLICT = new BotRefusal(
  409,
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
)

/**
 * The Bot API of Telegram for one bot, on this machine: its limits, refusals and pauses as
 * core.telegram.org/bots/api says. It is for the demo and for tests.
 */
export class TelegramServer {
  readonly world: TelegramWorld
  /** By the method. */
  readonly faults = new Map<string, TelegramFault>()
  /** Is waited for between what a method has done and its answer. */
  beforeAnswer: (method: string) => Promise<void> = async () => {}
  extraRoutes: ExtraRoutes = () => false
  /** Ends the poll that is held. */
  #polling: AbortController | null = null
  readonly #server = createServer((request, response) => void this.#handle(request, response))

  private constructor(clock: Pick<Clock, 'now'>) {
    this.world = new TelegramWorld(() => clock.now())
  }

  static async start({ clock, port = 0 }: { clock: Pick<Clock, 'now'>; port?: number }) {
    const server = new TelegramServer(clock)
    server.#server.listen(port, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url!, this.url)
    const [, token, method] = PATH.exec(pathname) ?? []
    if (token === undefined) {
      if (!this.extraRoutes(request, response)) answerRefusal(response, NOT_FOUND)
      return
    }
    const fields = (await json(request).catch(() => ({}))) as Record<string, any>
    const fault = this.faults.get(method!)
    this.faults.delete(method!)
    if (fault === 'drop') return response.destroy()
    if (fault === 'bad_gateway') return response.writeHead(502).end('<html>Bad Gateway</html>')
    try {
      const result = await this.#answer(token, method!, fields, response)
      await this.beforeAnswer(method!)
      if (fault === 'drop_after') return response.destroy()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ok: true, result }))
    } catch (error) {
      if (!(error instanceof BotRefusal)) throw error
      this.world.refusals.push({ code: error.code, description: error.message })
      answerRefusal(response, error)
    }
  }

  async #answer(token: string, method: string, fields: Record<string, any>, to: ServerResponse) {
    if (token !== this.world.bot.token) throw new BotRefusal(401, 'Unauthorized')
    if (method === 'getUpdates') return this.#poll(fields, to)
    const answer = botMethods[method]
    if (!answer) throw NOT_FOUND
    return answer(this.world, fields)
  }

  /** A second poll ends the first one. */
  async #poll(
    { offset = 0, limit = 100, timeout = 0 }: Record<string, number>,
    to: ServerResponse
  ) {
    this.#polling?.abort()
    const mine = new AbortController()
    this.#polling = mine
    const gone = () => mine.abort('gone')
    to.once('close', gone)
    const { world } = this
    const find = () => {
      const updates = world.updatesFrom(offset, limit)
      return updates.length > 0 ? updates : null
    }
    const found = await world.waiting.hold(find, timeout * 1000, mine.signal)
    to.off('close', gone)
    if (mine.signal.aborted && mine.signal.reason !== 'gone') throw CONFLICT
    this.#polling = null
    return found ?? []
  }
}

const NOT_FOUND = new BotRefusal(404, 'Not Found')

function answerRefusal(response: ServerResponse, { code, message, parameters }: BotRefusal) {
  response.writeHead(code, { 'content-type': 'application/json' })
  const body = { ok: false, error_code: code, description: message }
  response.end(JSON.stringify({ ...body, ...(parameters && { parameters }) }))
}
