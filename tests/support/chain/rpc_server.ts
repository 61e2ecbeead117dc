import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerRpc, type RpcCall, type RpcReply } from '#tests/support/chain/answer_rpc'
import { HeadFeed } from '#tests/support/chain/head_feed'
import type { TestChain } from '#tests/support/chain/test_chain'

/** How a faulty endpoint answers instead of telling the truth; undefined lets the truth pass. */
export type Fault = (call: RpcCall, truth: () => RpcReply) => FaultyAnswer | undefined

export type FaultyAnswer =
  | { reply: RpcReply }
  | { status: number; body: string; headers?: Record<string, string> }
  | 'reset'
  | 'truncate'
  | 'drip'

/** A JSON-RPC endpoint over HTTP and WebSocket that serves a test chain, honestly or not over HTTP. */
export class RpcServer {
  readonly calls: RpcCall[] = []
  chainId = 56
  fault: Fault = () => undefined
  /** Blocks that this endpoint has not seen yet: it answers as if the head were that much lower. */
  lag: () => number = () => 0

  /** Runs before each answer, so that a test can hold answers back. */
  before: (call: RpcCall) => Promise<void> = async () => {}

  /** The WebSocket side. */
  readonly feed: HeadFeed

  readonly #server: Server
  readonly #dripEnded = Promise.withResolvers<void>()

  private constructor(private readonly chain: TestChain) {
    this.#server = createServer((request, response) => void this.#handle(request, response))
    this.feed = new HeadFeed(this.#server, async (call) => {
      this.calls.push(call)
      await this.before(call)
      return answerRpc(this.chain, this.chainId, call, this.lag())
    })
  }

  static async start(chain: TestChain): Promise<RpcServer> {
    const server = new RpcServer(chain)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Where the same endpoint speaks WebSocket. */
  get pushUrl(): string {
    return this.url.replace('http', 'ws')
  }

  countOf(method: string): number {
    return this.calls.filter((call) => call.method === method).length
  }

  /** Resolves when the client has hung up on an answer that dripped. */
  dripEnded() {
    return this.#dripEnded.promise
  }

  async close() {
    this.feed.cut()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    const text = await textOf(request)
    if (text === null) return
    const { id, method, params } = JSON.parse(text)
    const call: RpcCall = { method, params }
    this.calls.push(call)
    await this.before(call)

    const truth = () => answerRpc(this.chain, this.chainId, call, this.lag())
    const fault = this.fault(call, truth)

    if (fault === 'reset') {
      request.socket.destroy()
    } else if (fault === 'truncate') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...truth() }).slice(0, -20))
    } else if (fault === 'drip') {
      const drops = setInterval(() => response.write(' '), 5)
      // The client may have hung up already.
      const end = () => {
        clearInterval(drops)
        this.#dripEnded.resolve()
      }
      if (response.destroyed) end()
      else response.once('close', end)
    } else if (fault && 'status' in fault) {
      response.writeHead(fault.status, fault.headers)
      response.end(fault.body)
    } else {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(fault?.reply ?? truth()) }))
    }
  }
}

/** Null where the client has hung up before its request was whole. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk)
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString()
}
