import { BaseError, createClient, http, RpcRequestError, webSocket, type Client } from 'viem'
import { classifyFailure } from '#foundation/rpc/classify_failure'
import { EndpointHealth } from '#foundation/rpc/endpoint_health'
import { hideSecretsOf } from '#foundation/text/redact'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT_MS = 10_000

/** One RPC endpoint and how it has behaved. */
export class Endpoint {
  /** Host without path or key: fit for logs. */
  readonly name: string
  readonly health = new EndpointHealth()
  readonly client: Client
  /** Set once it has told which chain it speaks for; unset when another may answer since. */
  isRightChain = false
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
    const options = { retryCount: 0, timeout: timeoutMs }
    this.client = createClient({
      transport: url.startsWith('ws')
        ? // viem's own reconnecting opens connections that we do not know of and cannot close.
          webSocket(url, { ...options, reconnect: false })
        : http(url, {
            ...options,
            // viem's own limit ends with the headers, and a body may drip for ever.
            onFetchRequest: (_, init) => ({ ...init, signal: AbortSignal.timeout(timeoutMs) }),
          }),
    })
  }

  /** Set where the endpoint can announce new blocks by itself. */
  get pushTransport(): PushTransport | undefined {
    const { transport } = this.client
    return transport.type === 'webSocket' ? (transport as unknown as PushTransport) : undefined
  }

  /**
   * Calls a JSON-RPC method and answers its raw result.
   *
   * @throws RpcFailure
   */
  async call(method: string, params: unknown[] = []): Promise<unknown> {
    try {
      return await this.#inTime(this.#request(method, params))
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

  async #request(method: string, params: unknown[]): Promise<unknown> {
    await this.connect()
    return this.client.request({ method, params } as never)
  }

  /** viem's own limit begins with an open WebSocket: one that never opens would hold a call up. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    const expiry = Promise.withResolvers<never>()
    const message = `${this.name} did not answer within ${this.timeoutMs / 1000} s`
    const timer = setTimeout(
      () => expiry.reject(new RpcFailure('timeout', message)),
      this.timeoutMs
    )
    return Promise.race([answer, expiry.promise]).finally(() => clearTimeout(timer))
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
