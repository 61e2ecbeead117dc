import type { BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict } from '#collectors/evm/bloom'
import type { LogFilter } from '#collectors/evm/get_logs'
import { proveBlock, showLogs, type Shown } from '#collectors/evm/prove_block'
import type { ReadingPlan } from '#collectors/evm/reading_plan'

/** Reads the logs of blocks near the head one by one, and checks some of the answers. */
export class BlockLogs {
  constructor(private readonly endpoints: EndpointPool) {}

  /**
   * Reads the logs of a block by its hash. An empty answer is held against the block's bloom filter
   * and, unless that rules logs out, asked for again, of another endpoint where there is one.
   *
   * @throws RpcFailure
   */
  async read(header: BlockHeader, { filter, contracts }: ReadingPlan): Promise<ChainLog[]> {
    const verdict = bloomVerdict(header.logsBloom, filter, contracts)
    if (verdict === 'none') {
      return []
    }

    const { endpoints } = this
    const shown = await showLogs(endpoints, header, filter)
    let logs = this.#isToBeChecked(header, shown)
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

  #isToBeChecked({ number }: BlockHeader, { endpoint, logs }: Shown): boolean {
    const { endpoints } = this
    const isDue = endpoints.checks.isDue(endpoint, number)
    const isEmpty = logs.length === 0 && endpoints.others(endpoint) !== null
    return isDue || isEmpty || endpoints.hasLied(endpoint)
  }

  /** What a caught endpoint has shown since it was last found right is doubted. */
  async #check(header: BlockHeader, filter: LogFilter, shown: Shown): Promise<ChainLog[]> {
    const { endpoints } = this
    const { endpoint } = shown
    const { number } = header
    const wasMarked = endpoints.hasLied(endpoint)
    const { logs, isProven } = await proveBlock(endpoints, header, filter, shown)

    if (!wasMarked && endpoints.hasLied(endpoint)) {
      endpoints.checks.caught(endpoint, number)
    }
    if (isProven) {
      endpoints.checks.held(endpoint)
    } else {
      endpoints.checks.failed(endpoint)
    }
    if (!isProven && wasMarked) {
      endpoints.checks.doubt(number, number)
    }
    return logs
  }
}
