import { Bloom } from 'ox'
import type { LogFilter } from '#scanner/log_filter'

const UNKNOWN = /^0x0*$/

/**
 * Whether a block may hold logs that the filter asks for. A bloom filter never denies what is
 * there, so `false` is a proof and `true` is a guess. Some nodes leave the bloom empty: a guess.
 */
export function mayHoldLogs(logsBloom: `0x${string}`, filter: LogFilter): boolean {
  if (!logsBloom || UNKNOWN.test(logsBloom)) {
    return true
  }

  const holds = (value: string) => Bloom.contains(logsBloom, value as `0x${string}`)
  return filter.address.some(holds) && filter.topics[0].some(holds)
}
