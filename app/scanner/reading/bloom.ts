import { Bloom } from 'ox'
import type { LogFilter } from '#scanner/reading/log_filter'

/** What a block's bloom filter says about the logs that a filter asks for. */
export type BloomVerdict = 'none' | 'perhaps' | 'surely'

const BLOOM_BITS = 2048
const UNKNOWN = /^0x0*$/

/** A match that chance explains less often than this counts as certain. */
const CHANCE_LIMIT = 1e-3

/**
 * A bloom filter never denies what is there, so `none` is a proof. How much a match says depends
 * on how full the filter is: on a quiet chain it is nearly certain, in a crowded block of BSC it
 * is worth little.
 */
export function bloomVerdict(logsBloom: `0x${string}`, filter: LogFilter): BloomVerdict {
  if (!logsBloom || UNKNOWN.test(logsBloom)) {
    return 'perhaps'
  }

  const holds = (value: string) => Bloom.contains(logsBloom, value as `0x${string}`)
  if (!filter.address.some(holds) || !filter.topics[0].some(holds)) {
    return 'none'
  }
  return chanceOfMatch(logsBloom, filter) < CHANCE_LIMIT ? 'surely' : 'perhaps'
}

/** Each entry sets three bits: the chance that all three of another one are set by others. */
function chanceOfMatch(logsBloom: `0x${string}`, filter: LogFilter): number {
  const chance = (setBits(logsBloom) / BLOOM_BITS) ** 3
  return chance * filter.address.length * (chance * filter.topics[0].length)
}

function setBits(logsBloom: `0x${string}`): number {
  let bits = 0
  for (const digit of logsBloom.slice(2)) {
    bits += [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4][Number.parseInt(digit, 16)]!
  }
  return bits
}
