import type { ChainLog } from '#sources/facts'
import { bloomOf, hashOf } from '#tests/support/chain/bloom_of'
import { hashOfBlock, receiptsRootOf, type TestBlock } from '#tests/support/chain/sealed_block'
import { syntheticLog } from '#tests/support/logs'
import { seededRandom, type Random } from '#tests/support/random'

const FOUR = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const FLAP = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
const FULL_BLOOM: `0x${string}` = `0x${'f'.repeat(512)}`
const START_MS = 1_780_000_000_000

/**
 * A chain whose whole truth is known: every block, every log, every fork. Blocks hold real
 * encoded events of the venues, drawn from a seed.
 */
export class TestChain {
  readonly random: Random
  /** The canonical branch; the index is the block number. */
  readonly blocks: TestBlock[] = []
  /** Every block there ever was, orphans included. */
  readonly known = new Map<string, TestBlock>()
  /** How many blocks `finalized` trails the head. */
  finalityDepth = 2
  /** Chance that a block holds logs. */
  density = 0.6
  /** Whether blooms rule nothing out, as on a busy chain. */
  isBusy = false
  /** Whether hashes and roots are those that fields and receipts make, so that receipts prove logs. */
  isSealed = false

  /** Other branches that were made of this one. */
  readonly branches: TestChain[] = []

  #fork = 0
  readonly #tokens: `0x${string}`[] = []

  constructor(seed: number) {
    this.random = seededRandom(seed)
    this.#append()
  }

  get head(): TestBlock {
    return this.blocks.at(-1)!
  }

  get finalized(): TestBlock {
    return this.blocks[Math.max(0, this.head.number - this.finalityDepth)]!
  }

  /** Every log of the canonical branch up to this block, oldest first. */
  logsTo(block: number): ChainLog[] {
    return this.blocks.slice(0, block + 1).flatMap(({ logs }) => logs)
  }

  mine(count = 1) {
    for (let mined = 0; mined < count; mined++) {
      this.#append()
    }
  }

  /** Another branch, which shares all blocks of now and whose next ones are its own. */
  branch(seed: number): TestChain {
    const branch = new TestChain(seed)
    branch.blocks.splice(0, 1, ...this.blocks)
    for (const block of this.blocks) branch.known.set(block.hash, block)
    branch.finalityDepth = this.finalityDepth
    branch.density = this.density
    branch.isBusy = this.isBusy
    branch.isSealed = this.isSealed
    branch.#fork = -seed
    this.branches.push(branch)
    return branch
  }

  /** Replaces the newest `depth` blocks by another branch that is `extra` blocks longer. */
  reorg(depth: number, extra = 1) {
    this.#fork++
    this.blocks.length = Math.max(1, this.blocks.length - depth)
    this.mine(depth + extra)
  }

  #append() {
    const number = this.blocks.length
    const parentHash = this.blocks.at(-1)?.hash ?? hashOf('genesis')
    const state = hashOf('block', number, this.#fork, parentHash)
    // Blocks come every 450 ms, so two or three share one second.
    const timestamp = Math.floor((START_MS + number * 450) / 1000)
    const place = { blockNumber: number, blockTime: timestamp * 1000 }
    const isEmpty = number === 0 || !this.random.chance(this.density)
    const logs = isEmpty ? [] : this.#drawLogs(state, place)
    const logsBloom = this.isBusy
      ? FULL_BLOOM
      : bloomOf(logs.flatMap(({ address, topics }) => [address, ...topics]))

    const receiptsRoot = this.isSealed ? receiptsRootOf(logs) : null
    const header = { number, parentHash, timestamp, logsBloom, receiptsRoot, state }
    const hash = this.isSealed ? hashOfBlock(header) : state
    const block = { ...header, hash, logs: logs.map((log) => ({ ...log, blockHash: hash })) }
    this.blocks.push(block)
    this.known.set(hash, block)
  }

  #drawLogs(state: string, place: Partial<ChainLog>): ChainLog[] {
    const count = this.random.between(1, 4)
    return Array.from({ length: count }, (_, logIndex) => {
      const transactionHash = hashOf('tx', state, logIndex)
      return this.#drawLog({ ...place, logIndex, transactionHash })
    })
  }

  #drawLog(place: Partial<ChainLog>): ChainLog {
    if (this.#tokens.length === 0 || this.random.chance(0.2)) {
      return this.#create(place)
    }
    return this.random.chance(0.5) ? this.#buyOnFour(place) : this.#sellOnFlap(place)
  }

  #create(place: Partial<ChainLog>): ChainLog {
    const token = this.#address('token', place.transactionHash)
    this.#tokens.push(token)

    return syntheticLog(
      FOUR,
      'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
      [
        this.#address('creator', token),
        token,
        1n,
        `代币 ${place.blockNumber}`,
        'T',
        10n ** 27n,
        0n,
        0n,
      ],
      place
    )
  }

  #buyOnFour(place: Partial<ChainLog>): ChainLog {
    return syntheticLog(
      FOUR,
      'event TokenPurchase(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
      [
        this.random.pick(this.#tokens),
        this.#address('buyer', place.transactionHash),
        ...this.#amounts(6),
      ],
      place
    )
  }

  #sellOnFlap(place: Partial<ChainLog>): ChainLog {
    return syntheticLog(
      FLAP,
      'event TokenSold(uint256 ts, address token, address seller, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)',
      [
        0n,
        this.random.pick(this.#tokens),
        this.#address('seller', place.transactionHash),
        ...this.#amounts(4),
      ],
      place
    )
  }

  #amounts(count: number): bigint[] {
    return Array.from({ length: count }, () => BigInt(this.random.between(1, 2 ** 40)) * 10n ** 12n)
  }

  #address(...words: unknown[]): `0x${string}` {
    return `0x${hashOf(...words).slice(2, 42)}`
  }
}
