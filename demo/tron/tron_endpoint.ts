import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Clock } from '#foundation/clock'
import { upTo, type ChainView } from '#demo/tron/chain_view'
import type { Ask, Reply, TronFault } from '#demo/tron/faults/fault'
import { listTransactions } from '#demo/tron/grid_lists'
import { EVERYWHERE, NodeError, WALLET_ONLY } from '#demo/tron/wallet_answers'
import { writeJson } from '#demo/write_json'

const NODE_PATH = /^\/(wallet|walletsolidity)\/(\w+)$/
const GRID_PATH = /^\/v1\/accounts\/(\w+)\/transactions$/

/**
 * One node's HTTP interface, with its faults. It is asked in process by `fetch`, or over HTTP once
 * it listens.
 */
export class TronEndpoint {
  /** May be changed at any time. */
  faults: TronFault[]
  /** Every request so far, so that a test can tell what was asked. */
  readonly asked: Ask[] = []
  readonly #chain: ChainView
  readonly #clock: Clock
  #server?: Server

  constructor(chain: ChainView, clock: Clock, faults: TronFault[] = []) {
    this.#chain = chain
    this.#clock = clock
    this.faults = faults
  }

  /** Starts to listen on a port of its own, or on the one given, and answers the URL. */
  async listen(port = 0): Promise<string> {
    this.#server = createServer((request, response) => void this.#serve(request, response))
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close() {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(null)))
  }

  /** As the global `fetch`, whatever the host in the address. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const reply = await this.#answer(
      request.method,
      new URL(request.url),
      await request.text(),
      request.headers.get('tron-pro-api-key') ?? undefined
    )
    const headers = { 'content-type': reply.contentType ?? JSON_TYPE, ...reply.headers }
    return new Response(reply.body, { status: reply.status, headers })
  }

  /** The chain as this endpoint tells it now. */
  get view(): ChainView {
    return this.faults.reduce((view, fault) => fault.view?.(view) ?? view, this.#chain)
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, 'http://node')
    const key = request.headers['tron-pro-api-key'] as string | undefined
    const reply = await this.#answer(request.method!, url, await text(request), key)
    response.writeHead(reply.status, {
      'content-type': reply.contentType ?? JSON_TYPE,
      ...reply.headers,
    })
    response.end(reply.body)
  }

  async #answer(method: string, { pathname, searchParams }: URL, body: string, key?: string) {
    const at = this.#clock.now()
    const ask: Ask = { method, path: pathname, parameters: {}, ...(key && { key }), at }
    this.asked.push(ask)
    const good = async (): Promise<Reply> => {
      try {
        Object.assign(ask.parameters, body ? JSON.parse(body) : Object.fromEntries(searchParams))
        return this.#goodAnswer(ask)
      } catch (error) {
        if (error instanceof NodeError) return json({ Error: error.message })
        if (error instanceof SyntaxError) {
          return json({ Error: 'class com.alibaba.fastjson.JSONException : not a JSON object' })
        }
        throw error
      }
    }
    const faulty = this.faults.reduce<() => Promise<Reply>>(
      (next, fault) => (fault.answer ? () => fault.answer!(ask, next) : next),
      good
    )
    return faulty()
  }

  #goodAnswer({ path, parameters, at }: Ask): Reply {
    const { view } = this
    const [, account] = GRID_PATH.exec(path) ?? []
    if (account) {
      const list = listTransactions(view, account, parameters, at)
      return list
        ? json(list)
        : { ...json({ success: false, error: 'Invalid address' }), status: 400 }
    }
    const [, side, name = ''] = NODE_PATH.exec(path) ?? []
    const answer = EVERYWHERE[name] ?? (side === 'wallet' ? WALLET_ONLY[name] : undefined)
    if (!answer) {
      return { status: 404, body: '<h1>404 Not Found</h1>', contentType: 'text/html' }
    }
    const told = side === 'wallet' ? view : upTo(view, view.solid)
    return json(answer(told, parameters, String(parameters.visible) === 'true'))
  }
}

const JSON_TYPE = 'application/json'

function json(answer: unknown): Reply {
  return { status: 200, body: writeJson(answer) }
}
