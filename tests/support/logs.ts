import { encodeAbiParameters, parseAbiItem, toEventSelector, type AbiEvent } from 'viem'
import type { ChainLog } from '#sources/facts'
import { someHash } from '#tests/support/facts'

/**
 * A synthetic log: an event encoded by viem, independently of the decoder under test.
 * `values` are the arguments in the order of the signature; indexed ones become topics.
 */
export function syntheticLog(
  address: string,
  signature: string,
  values: readonly unknown[],
  place: Partial<ChainLog> = {}
): ChainLog {
  const item = parseAbiItem(signature) as AbiEvent
  const inputs = item.inputs.map((input, index) => ({ input, value: values[index] }))
  const encode = (chosen: typeof inputs) =>
    encodeAbiParameters(
      chosen.map(({ input }) => ({ ...input, indexed: undefined })),
      chosen.map(({ value }) => value)
    )

  return {
    address: address.toLowerCase() as `0x${string}`,
    topics: [
      toEventSelector(item),
      ...inputs.filter(({ input }) => input.indexed).map((indexed) => encode([indexed])),
    ],
    data: encode(inputs.filter(({ input }) => !input.indexed)),
    blockNumber: 70_000_000,
    blockHash: someHash(),
    blockTime: 1_780_000_000_000,
    transactionHash: someHash(),
    logIndex: 0,
    ...place,
  }
}
