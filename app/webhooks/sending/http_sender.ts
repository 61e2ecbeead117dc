import { AddressGuard } from '#foundation/net/address_guard'
import { Connections } from '#webhooks/sending/connections'
import type { Connection } from '#webhooks/sending/connections'
import { DeadlineError, ResponseHandler } from '#webhooks/sending/response_handler'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'

/** A request that was cut because this process stops. */
export class InterruptedError extends Error {}

interface OutgoingRequest {
  origin: string
  /** With the query. */
  path: string
  headers: Record<string, string>
  body: Buffer
  /** For connecting, headers and body together, in milliseconds. */
  timeoutMs: number
}

/** Makes the POSTs: HTTP/1.1 with kept connections, no redirects, allowed addresses only. */
export class HttpSender {
  readonly #connections: Connections
  readonly #underWay = new Set<ResponseHandler>()

  /** @param allowedNetworks private networks (CIDR) that may be sent to all the same */
  constructor(allowedNetworks: readonly string[]) {
    this.#connections = new Connections(new AddressGuard(allowedNetworks))
  }

  /**
   * Answers what came back, or the error that came instead. Never rejects. A receiver may close a
   * kept connection at the moment when it is used: without a byte of an answer the request goes once
   * more, over a new one (RFC 9110 9.2.2; the id makes it known as the same).
   */
  async post(request: OutgoingRequest): Promise<WebhookAnswer | Error> {
    const dueAt = performance.now() + request.timeoutMs
    const connection = this.#connections.take(request.origin)
    const result = await this.#exchange(connection, request)
    const leftMs = dueAt - performance.now()
    if (!wasClosed(connection, result) || leftMs <= 0) {
      return result
    }
    const another = this.#connections.open(request.origin)
    return this.#exchange(another, { ...request, timeoutMs: leftMs })
  }

  #exchange(
    connection: Connection,
    { origin, path, headers, body, timeoutMs }: OutgoingRequest
  ): Promise<WebhookAnswer | Error> {
    return new Promise((resolve) => {
      const exchange = new ResponseHandler(timeoutMs, (result) => {
        this.#underWay.delete(exchange)
        if (result instanceof Error) {
          const unconnected = this.#connections.drop(origin, connection)
          resolve(result instanceof DeadlineError ? (unconnected ?? result) : result)
        } else {
          this.#connections.keep(origin, connection)
          resolve(result)
        }
      })
      this.#underWay.add(exchange)
      connection.client.dispatch({ method: 'POST', path, headers, body }, exchange)
    })
  }

  /** Cuts every request under way. */
  interrupt() {
    for (const exchange of [...this.#underWay]) {
      exchange.cut(new InterruptedError())
    }
  }

  async close() {
    await this.#connections.close()
  }
}

/** How a connection ends that the receiver closes: it said goodbye, or knows of it no more. */
const CLOSED = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']

function wasClosed({ isKept, dialer }: Connection, result: WebhookAnswer | Error): boolean {
  return (
    isKept &&
    dialer.isSilent &&
    result instanceof Error &&
    CLOSED.includes((result as NodeJS.ErrnoException).code ?? '')
  )
}
