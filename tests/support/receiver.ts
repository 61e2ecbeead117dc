import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getActiveTest } from '@japa/runner'
import { Webhook } from 'standardwebhooks'

export const RECEIVER_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A request that a receiver got. */
export interface Delivery {
  id: string
  headers: Record<string, string>
  body: string
  event: { id: string; event_type: string; [field: string]: any }
}

type Answer = (request: Delivery, response: ServerResponse, count: number) => unknown

/**
 * A real HTTP receiver on a port of its own. It answers 204 unless `answer` says otherwise, and
 * remembers every request.
 */
export class Receiver {
  readonly deliveries: Delivery[] = []
  #waiting: { count: number; resolve: () => void }[] = []
  readonly #server
  url = ''

  static async start(answer: Answer) {
    const receiver = new Receiver(answer)
    await new Promise<void>((resolve) => {
      receiver.#server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = receiver.#server.address() as AddressInfo
    receiver.url = `http://127.0.0.1:${port}/hooks`
    return receiver
  }

  private constructor(answer: Answer) {
    this.#server = createServer(async (request, response) => {
      const delivery = await read(request)
      this.deliveries.push(delivery)
      answer(delivery, response, this.deliveries.length)
      this.#waiting
        .filter(({ count }) => this.deliveries.length >= count)
        .forEach((one) => one.resolve())
    })
  }

  get ids(): Set<string> {
    return new Set(this.deliveries.map((delivery) => delivery.id))
  }

  /** Resolves when `count` requests have arrived. */
  async received(count: number) {
    if (this.deliveries.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }))
    }
  }

  /** May be called twice. */
  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** A receiver for the running test, stopped when the test ends. */
export async function startReceiver(
  answer: Answer = (_, response) => response.writeHead(204).end()
) {
  const receiver = await Receiver.start(answer)
  getActiveTest()?.cleanup(() => receiver.stop())
  return receiver
}

/** Verifies a delivery as a receiver would, with the reference library. */
export function verify(delivery: Delivery, secret = RECEIVER_SECRET): unknown {
  return new Webhook(secret).verify(delivery.body, delivery.headers)
}

async function read(request: IncomingMessage): Promise<Delivery> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks).toString('utf8')
  const headers = request.headers as Record<string, string>
  return { id: headers['webhook-id']!, headers, body, event: JSON.parse(body) }
}
