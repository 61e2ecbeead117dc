import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHead } from '#foundation/rpc/read_head'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'

/** Where no endpoint names its finalized block, one so many blocks below the newest counts as final. */
export const FALLBACK_DEPTH = 64

/** After so many refusals in a row an endpoint that answers otherwise counts as not knowing the tag. */
const REFUSALS_IN_A_ROW = 3

/** Failures that say nothing about the tag. */
const OTHER_FAILURES: readonly FailureKind[] = ['rate', 'timeout', 'implausible', 'foreign']

/**
 * The newest block that is final. Not every gateway knows the tag `finalized`: those that refuse it
 * are marked, and asked for it again when the mark ends.
 */
export class FinalHead {
  readonly #refusals = new Map<Endpoint, number>()

  constructor(private readonly endpoints: EndpointPool) {}

  /** @throws RpcFailure */
  async read(): Promise<BlockHeader> {
    const { endpoints } = this
    const [without, knowing] = this.#byKnowledge()
    if (knowing.length === 0) {
      return this.#belowNewest()
    }
    try {
      return await endpoints.only(knowing).ask((endpoint) => this.#ask(endpoint))
    } catch (error) {
      if (
        error instanceof RpcFailure &&
        (without.length > 0 || this.#byKnowledge()[0].length > 0)
      ) {
        return this.#belowNewest()
      }
      throw error
    }
  }

  #byKnowledge(): [Endpoint[], Endpoint[]] {
    const { endpoints } = this
    const isWithout = (endpoint: Endpoint) => endpoints.isMarked(endpoint, 'no_finalized')
    const all = endpoints.endpoints
    return [all.filter(isWithout), all.filter((endpoint) => !isWithout(endpoint))]
  }

  async #ask(endpoint: Endpoint): Promise<BlockHeader> {
    try {
      const head = await readHeader(endpoint, 'finalized')
      this.#refusals.delete(endpoint)
      return await this.endpoints.heads.believe(endpoint, head)
    } catch (error) {
      if (error instanceof RpcFailure && !OTHER_FAILURES.includes(error.kind)) {
        await this.#countRefusal(endpoint, error.kind)
      }
      throw error
    }
  }

  async #countRefusal(endpoint: Endpoint, kind: FailureKind) {
    const refusals = (this.#refusals.get(endpoint) ?? 0) + 1
    this.#refusals.set(endpoint, refusals)
    if (kind === 'permanent' || refusals >= REFUSALS_IN_A_ROW) {
      await readHeader(endpoint, 'latest')
      this.#refusals.delete(endpoint)
      const words = `does not name its finalized block: ${FALLBACK_DEPTH} blocks below the newest count as final`
      this.endpoints.mark(endpoint, 'no_finalized', words)
    }
  }

  async #belowNewest(): Promise<BlockHeader> {
    const { number } = await readHead(this.endpoints, 'latest')
    const final = Math.max(0, number - FALLBACK_DEPTH)
    return this.endpoints.ask((endpoint) => readHeader(endpoint, final))
  }
}
