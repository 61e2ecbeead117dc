import { BaseError, createClient, RpcRequestError, webSocket, type Client } from 'viem'
import { classifyFailure } from '#foundation/rpc/classify_failure'
import { EndpointHealth } from '#foundation/rpc/endpoint_health'
import { HttpTransport } from '#foundation/rpc/http_transport'
import { hideSecretsOf } from '#foundation/text/redact'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT_MS = 10_000

/** One RPC endpoint and how it has behaved. */
export class Endpoint {
  /** Host without path or key: fit for logs. */
  readonly name: string
  readonly health = new EndpointHealth()
  /** Set once it has told which chain it speaks for; unset when another may answer since. */
  isRightChain = false
  readonly #http?: HttpTransport
  readonly #webSocket?: Client
  #connection?: PushConnection
  #opening?: Promise<PushConnection>
  #closing = new AbortController()

  /** @param timeoutMs how long one call may take, to the last byte of its answer */
  constructor(
    readonly url: string,
    private readonly timeoutMs = CALL_TIMEOUT_MS
  ) {
    this.name = new URL(url).host
    hideSecretsOf(url)
    if (url.startsWith('ws')) {
      // viem's own reconnecting opens connections that we do not know of and cannot close.
      const transport = webSocket(url, { retryCount: 0, timeout: timeoutMs, reconnect: false })
      this.#webSocket = createClient({ transport })
    } else {
      this.#http = new HttpTransport(url)
    }
  }

  /** Set where the endpoint can announce new blocks by itself. */
  get pushTransport(): PushTransport | undefined {
    return this.#webSocket?.transport as unknown as PushTransport | undefined
  }

  /**
   * Calls a JSON-RPC method and answers its raw result.
   *
   * @throws RpcFailure
   */
  async call(method: string, params: unknown[] = []): Promise<unknown> {
    try {
      return await this.#inTime((signal) => this.#request(method, params, signal))
    } catch (error) {
      if (!isAnswer(error)) {
        this.close()
      }
      throw classifyFailure(error, this.name)
    }
  }

  /** The open WebSocket that calls and subscriptions share; undefined over HTTP. */
  async connect(): Promise<PushConnection | undefined> {
    if (this.pushTransport) {
      // viem would open another one for each call that comes while the first is opening.
      this.#opening ??= openConnection(this.pushTransport).finally(() => {
        this.#opening = undefined
      })
      const connection = await this.#opening
      if (connection !== this.#connection) {
        this.isRightChain = false
      }
      this.#connection = connection
    }
    return this.#connection
  }

  /** Aborts when the WebSocket is closed from here: its subscribers have to subscribe again. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /**
   * Closes the WebSocket, unless `connection` is one that another has replaced already; the next
   * call opens a new one. As long as one is open, the process does not end.
   */
  close(connection = this.#connection) {
    if (connection && connection === this.#connection) {
      connection.close()
      this.#connection = undefined
      this.#closing.abort()
      this.#closing = new AbortController()
    }
  }

  async #request(method: string, params: unknown[], signal: AbortSignal): Promise<unknown> {
    if (this.#http) {
      return this.#http.request({ method, params }, signal)
    }
    await this.connect()
    return this.#webSocket!.request({ method, params } as never)
  }

  /** viem's own limit begins with an open WebSocket: one that never opens would hold a call up. */
  #inTime<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const overdue = new AbortController()
    const expiry = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const message = `${this.name} did not answer within ${this.timeoutMs / 1000} s`
      expiry.reject(new RpcFailure('timeout', message))
      overdue.abort()
    }, this.timeoutMs)
    return Promise.race([call(overdue.signal), expiry.promise]).finally(() => clearTimeout(timer))
  }
}

/** viem keeps a connection that was cut, and would hand it out for ever. */
async function openConnection(transport: PushTransport): Promise<PushConnection> {
  const connection = await transport.getRpcClient()
  if (connection.socket.readyState === WebSocket.OPEN) return connection

  connection.close()
  return transport.getRpcClient()
}

/** Whether the endpoint said so itself: then its connection is sound. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof BaseError && error.walk((cause) => cause instanceof RpcRequestError) !== null
  )
}

export interface PushConnection {
  readonly socket: { readonly readyState: number }
  close(): void
}

/** What viem's WebSocket transport can do beyond answering calls. */
export interface PushTransport {
  /** The connection to the endpoint; opens it when there is none. */
  getRpcClient(): Promise<PushConnection>
  subscribe(options: {
    params: ['newHeads']
    onData: (data: { result: unknown }) => void
    onError: (error: unknown) => void
  }): Promise<unknown>
}
