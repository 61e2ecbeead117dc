import { bloomOf, hashOf } from '#tests/support/chain/bloom_of'
import type { TestBlock } from '#tests/support/chain/sealed_block'
import { syntheticLog } from '#tests/support/logs'

/** Puts one more log into a block, in a transaction of its own unless `transactionHash` names one. */
export function putLog(
  block: TestBlock,
  address: string,
  signature: string,
  values: readonly unknown[],
  transactionHash?: string
) {
  const logIndex = block.logs.length
  const log = syntheticLog(address, signature, values, {
    logIndex,
    transactionHash: transactionHash ?? hashOf('put', block.hash, logIndex),
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: block.timestamp * 1000,
  })
  block.logs.push(log)
  block.logsBloom = bloomOf(block.logs.flatMap((each) => [each.address, ...each.topics]))
  return log
}
