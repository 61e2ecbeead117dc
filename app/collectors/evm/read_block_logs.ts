import type { BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict } from '#collectors/evm/bloom'
import type { LogFilter } from '#collectors/evm/get_logs'
import { areFoundRight, proveBlock, rootedLogs } from '#collectors/evm/prove_block'
import type { ReadingPlan } from '#collectors/evm/reading_plan'
import { otherAnswers, showLogs, type Shown } from '#collectors/evm/shown_logs'

/** Reads the logs of blocks near the head one by one, and checks some of the answers. */
export class BlockLogs {
  constructor(private readonly endpoints: EndpointPool) {}

  /**
   * Reads the logs of a block by its hash. Where one endpoint alone may be believed, they are taken from
   * receipts that prove themselves, as long as such can be had in time. An empty answer is compared with
   * the block's bloom filter and, unless that rules logs out, asked for again, of the others where there
   * are some.
   *
   * @throws RpcFailure
   */
  async read(header: BlockHeader, { filter, contracts }: ReadingPlan): Promise<ChainLog[]> {
    const verdict = bloomVerdict(header.logsBloom, filter, contracts)
    if (verdict === 'none') {
      return []
    }

    const proven = await this.#provenAlone(header, filter)
    if (proven) {
      return proven
    }

    const { endpoints } = this
    const shown = await showLogs(endpoints, header, filter)
    let logs = (await this.#isToBeChecked(header, filter, shown))
      ? await this.#check(header, filter, shown)
      : shown.logs
    if (logs.length === 0 && !endpoints.others(shown.endpoint)) {
      const again = await showLogs(endpoints, header, filter)
      logs = again.logs
    }
    if (logs.length === 0 && verdict === 'surely') {
      throw new RpcFailure('lagging', `block ${header.number} came without the logs that it holds`)
    }
    return logs
  }

  /** Null where nothing has to be, or can be, proven so. */
  async #provenAlone(header: BlockHeader, filter: LogFilter): Promise<ChainLog[] | null> {
    const { endpoints } = this
    if (endpoints.unmarked.length > 1 || !endpoints.proofs.isLeft) {
      return null
    }
    const logs = await endpoints.proofs.spend(() => rootedLogs(endpoints, header, filter))
    if (logs) {
      endpoints.checks.proved()
    }
    return logs
  }

  async #isToBeChecked(header: BlockHeader, filter: LogFilter, shown: Shown): Promise<boolean> {
    const { endpoints } = this
    const { endpoint, logs } = shown
    const isDue = endpoints.checks.isDue(endpoint, header.number)
    if (isDue || endpoints.hasLied(endpoint)) {
      return true
    }
    if (logs.length > 0 || !endpoints.others(endpoint)) {
      return false
    }
    const others = await otherAnswers(endpoints, header, filter, endpoint)
    return others.length === 0 || others.some((other) => other.logs.length > 0)
  }

  /** What a caught endpoint has shown since it was last found right is doubted. */
  async #check(header: BlockHeader, filter: LogFilter, shown: Shown): Promise<ChainLog[]> {
    const { endpoints } = this
    const { endpoint } = shown
    const { number } = header
    const wasMarked = endpoints.hasLied(endpoint)
    const proven = await proveBlock(endpoints, header, filter, shown)

    if (!wasMarked && endpoints.hasLied(endpoint)) {
      endpoints.checks.caught(endpoint, number)
    }
    if (areFoundRight(proven)) {
      endpoints.checks.held(endpoint)
    } else {
      endpoints.checks.failed(endpoint)
    }
    if (!proven.proof && wasMarked) {
      endpoints.checks.doubt(number, number)
    }
    return proven.logs
  }
}
