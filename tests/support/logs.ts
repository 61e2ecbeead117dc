import { encodeAbiParameters, parseAbiItem, toEventSelector, type AbiEvent } from 'viem'
import type { ChainLog } from '#sources/facts'
import { someHash } from '#tests/support/facts'

interface Parsed {
  item: AbiEvent
  topic0: `0x${string}`
}

/** Chains hold the same events again and again. */
const known = new Map<string, Parsed>()

function parsed(signature: string): Parsed {
  const found = known.get(signature)
  if (found) return found

  const item = parseAbiItem(signature) as AbiEvent
  const made = { item, topic0: toEventSelector(item) }
  known.set(signature, made)
  return made
}

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
  const { item, topic0 } = parsed(signature)
  const inputs = item.inputs.map((input, index) => ({ input, value: values[index] }))
  const encode = (chosen: typeof inputs) =>
    encodeAbiParameters(
      chosen.map(({ input }) => ({ ...input, indexed: undefined })),
      chosen.map(({ value }) => value)
    )

  return {
    address: address.toLowerCase() as `0x${string}`,
    topics: [
      topic0,
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
