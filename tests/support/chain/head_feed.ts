import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { rawBlock, type RpcCall, type RpcReply } from '#tests/support/chain/answer_rpc'
import type { TestBlock } from '#tests/support/chain/sealed_block'

/** The WebSocket side of an endpoint: answers calls, and announces blocks when a test says so. */
export class HeadFeed {
  readonly #sockets: WebSocketServer
  readonly #subscribers = new Set<WebSocket>()
  /** How many connections were opened. */
  connections = 0
  #subscriptions = 0
  #onSubscribed = () => {}

  constructor(server: Server, answer: (call: RpcCall) => Promise<RpcReply>) {
    this.#sockets = new WebSocketServer({ server })
    this.#sockets.on('connection', (socket: WebSocket) => {
      this.connections++
      socket.on('message', async (data) => {
        const { id, method, params } = JSON.parse(String(data))
        const isSubscription = method === 'eth_subscribe'
        const reply = isSubscription ? { result: '0x1' } : await answer({ method, params })
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...reply }))
        if (isSubscription) {
          this.#add(socket)
        }
      })
      socket.on('close', () => this.#subscribers.delete(socket))
    })
  }

  /** Announces a block to all subscribers. */
  announce(block: TestBlock) {
    this.say(rawBlock(block))
  }

  /** Sends any result to all subscribers. */
  say(result: unknown) {
    const params = { subscription: '0x1', result }
    const message = JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params })
    this.#subscribers.forEach((socket) => socket.send(message))
  }

  /** Resolves when there have been so many subscriptions since the start. */
  async subscribed(count: number) {
    while (this.#subscriptions < count) {
      await new Promise<void>((resolve) => (this.#onSubscribed = resolve))
    }
  }

  /** Cuts every connection without a word. */
  cut() {
    this.#sockets.clients.forEach((socket) => socket.terminate())
  }

  #add(socket: WebSocket) {
    this.#subscribers.add(socket)
    this.#subscriptions++
    this.#onSubscribed()
  }
}
