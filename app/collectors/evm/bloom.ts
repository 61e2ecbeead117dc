import * as Hash from 'ox/Hash'

/** Addresses and first topics of logs. */
interface Wanted {
  address: readonly string[]
  topics: readonly [readonly string[]]
}

/** What a block's bloom filter says about the logs that a filter asks for. */
export type BloomVerdict = 'none' | 'perhaps' | 'surely'

const BLOOM_BITS = 2048
const BLANK = /^0x0*$/

/** A match whose chance to be false is smaller than this counts as certain. */
const CHANCE_LIMIT = 1e-3

/**
 * A bloom filter never denies what is there, so `none` is a proof. How much a match says depends
 * on how full the filter is: on a quiet chain it is nearly certain, in a crowded block of BSC it
 * is worth little. Of followed pools it says less still: they emit more than swaps, and others
 * emit swaps, so only the `contracts` of the sources can make it certain.
 */
export function bloomVerdict(
  logsBloom: `0x${string}`,
  filter: Wanted,
  contracts: Wanted
): BloomVerdict {
  if (isBlank(logsBloom)) {
    return 'perhaps'
  }

  if (!mayHold(logsBloom, filter)) {
    return 'none'
  }
  const isCertain =
    mayHold(logsBloom, contracts) && chanceOfMatch(logsBloom, contracts) < CHANCE_LIMIT
  return isCertain ? 'surely' : 'perhaps'
}

/** Whether there is no bloom filter, or nothing in it: not every node fills it. */
export function isBlank(logsBloom: `0x${string}`): boolean {
  return !logsBloom || BLANK.test(logsBloom)
}

/** Whether there is a bloom filter, with nothing in it. */
export function isAllZeros(logsBloom: `0x${string}`): boolean {
  return isBlank(logsBloom) && logsBloom?.length > 2
}

/** Whether a block with this bloom filter can hold the log; true where there is no filter. */
export function mayHoldLog(
  logsBloom: `0x${string}`,
  { address, topics }: { address: string; topics: readonly string[] }
): boolean {
  if (isBlank(logsBloom)) {
    return true
  }
  const bloom = bytesOf(logsBloom)
  return [address, ...topics].every((value) => holds(bloom, bitsOf(value)))
}

function mayHold(logsBloom: `0x${string}`, { address, topics }: Wanted): boolean {
  const bloom = bytesOf(logsBloom)
  const holdsValue = (value: string) => holds(bloom, rememberedBitsOf(value))
  return address.some(holdsValue) && topics[0].some(holdsValue)
}

function bytesOf(logsBloom: `0x${string}`): Uint8Array {
  return Buffer.from(logsBloom.slice(2), 'hex')
}

function holds(bloom: Uint8Array, bits: readonly number[]): boolean {
  return bits.every((bit) => (bloom[bloom.length - 1 - (bit >> 3)]! & (1 << (bit & 7))) !== 0)
}

/** The three bits that a value sets: the low 11 bits of its hash's first pairs of bytes (yellow paper 4.3.1). */
function bitsOf(value: string): number[] {
  const hash = Hash.keccak256(value as `0x${string}`, { as: 'Bytes' })
  return [0, 2, 4].map((at) => ((hash[at]! << 8) | hash[at + 1]!) % BLOOM_BITS)
}

/** The same contracts and topics are looked for in each block, thousands where pools are followed. */
const remembered = new Map<string, number[]>()
const MOST_REMEMBERED = 50_000

function rememberedBitsOf(value: string): number[] {
  let bits = remembered.get(value)
  if (bits === undefined) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    bits = bitsOf(value)
    remembered.set(value, bits)
  }
  return bits
}

/** Each entry sets three bits: the chance that all three of another one are set by others. */
function chanceOfMatch(logsBloom: `0x${string}`, filter: Wanted): number {
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
