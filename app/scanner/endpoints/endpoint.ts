import { createClient, http, webSocket, type Client } from 'viem'
import { classifyFailure } from '#scanner/endpoints/classify_failure'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT_MS = 10_000

/** One RPC endpoint. */
export class Endpoint {
  /** Host without path or key: fit for logs. */
  readonly name: string
  readonly #client: Client

  constructor(readonly url: string) {
    this.name = new URL(url).host
    const transport = url.startsWith('ws') ? webSocket : http
    this.#client = createClient({
      transport: transport(url, { retryCount: 0, timeout: CALL_TIMEOUT_MS }),
    })
  }

  /**
   * Calls a JSON-RPC method and answers its raw result.
   *
   * @throws RpcFailure
   */
  async call(method: string, params: unknown[] = []): Promise<unknown> {
    try {
      return await this.#client.request({ method, params } as never)
    } catch (error) {
      throw classifyFailure(error)
    }
  }
}
