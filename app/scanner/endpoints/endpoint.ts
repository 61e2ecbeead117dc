import { createClient, http, webSocket, type Client } from 'viem'
import { classifyFailure } from '#scanner/endpoints/classify_failure'
import { EndpointHealth } from '#scanner/endpoints/endpoint_health'

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

  constructor(readonly url: string) {
    this.name = new URL(url).host
    const transport = this.isPush ? webSocket : http
    this.client = createClient({
      transport: transport(url, { retryCount: 0, timeout: CALL_TIMEOUT_MS }),
    })
  }

  /** Whether it can announce new blocks by itself. */
  get isPush(): boolean {
    return this.url.startsWith('ws')
  }

  /**
   * Calls a JSON-RPC method and answers its raw result.
   *
   * @throws RpcFailure
   */
  async call(method: string, params: unknown[] = []): Promise<unknown> {
    try {
      return await this.client.request({ method, params } as never)
    } catch (error) {
      throw classifyFailure(error, this.name)
    }
  }
}
