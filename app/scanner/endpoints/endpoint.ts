import { createClient, http, webSocket, type Client } from 'viem'
import { classifyFailure } from '#scanner/endpoints/classify_failure'
import { EndpointHealth } from '#scanner/endpoints/endpoint_health'
import type { PushTransport } from '#scanner/endpoints/push_transport'
import { RpcFailure } from '#scanner/endpoints/rpc_failure'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT_MS = 10_000

/** One RPC endpoint and how it has behaved. */
export class Endpoint {
  /** Host without path or key: fit for logs. */
  readonly name: string
  readonly health = new EndpointHealth()
  readonly client: Client
  /** Set once it has told which chain it speaks for. */
  isRightChain = false
  #isConnected = false

  constructor(readonly url: string) {
    this.name = new URL(url).host
    const transport = url.startsWith('ws') ? webSocket : http
    this.client = createClient({
      transport: transport(url, { retryCount: 0, timeout: CALL_TIMEOUT_MS }),
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
      const answer = await this.#inTime(this.client.request({ method, params } as never))
      this.#isConnected = true
      return answer
    } catch (error) {
      throw classifyFailure(error, this.name)
    }
  }

  /** Closes a WebSocket that is open: as long as it is, the process does not end. */
  async close() {
    if (this.#isConnected) {
      const connection = await this.pushTransport?.getRpcClient()
      connection?.close()
    }
  }

  /** viem's own limit begins with an open WebSocket: one that never opens would hold a call up. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    const expiry = Promise.withResolvers<never>()
    const message = `${this.name} did not answer within ${CALL_TIMEOUT_MS / 1000} s`
    const timer = setTimeout(
      () => expiry.reject(new RpcFailure('transient', message)),
      CALL_TIMEOUT_MS
    )
    return Promise.race([answer, expiry.promise]).finally(() => clearTimeout(timer))
  }
}
