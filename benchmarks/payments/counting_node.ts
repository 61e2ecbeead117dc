import { createServer, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

/** Stands before a node, hands everything on and counts it. */
export class CountingNode {
  readonly url: string
  /** Requests answered since `reset`, and those of them that read many balances at once. */
  requests = 0
  readings = 0
  /** When the first of those readings was asked for (performance.now), if one was. */
  firstAt?: number
  readonly #server: Server

  static async start(nodeUrl: string): Promise<CountingNode> {
    const node = new Pool(nodeUrl)
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new CountingNode(server, node)
  }

  private constructor(server: Server, node: Pool) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('close', () => node.close())
    server.on('request', async (request, response) => {
      const body = await read(request)
      const isReading = body.includes('"eth_call"')
      if (isReading) this.firstAt ??= performance.now()

      const headers = { 'content-type': 'application/json' }
      const answer = await node.request({ path: '/', method: 'POST', headers, body })
      response.writeHead(answer.statusCode, headers).end(await answer.body.text())
      this.requests += 1
      if (isReading) this.readings += 1
    })
  }

  reset() {
    this.requests = 0
    this.readings = 0
    this.firstAt = undefined
  }

  stop() {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
