import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { CanonicalBlock } from '#foundation/rpc/canonical_block'
import { HeadComparison } from '#foundation/rpc/head_comparison'
import { readHead } from '#foundation/rpc/read_head'
import { BLOCKS_WITHOUT_PROOF } from '#foundation/rpc/head_guard'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { Source } from '#sources/define_source'
import type { Reading } from '#sources/read_logs'
import type {
  BlocksReading,
  ChainBlock,
  ChainHead,
  ChainReader,
  RangeReading,
} from '#collectors/chain_reader'
import { BlockTime } from '#foundation/rpc/block_time'
import { FinalHead } from '#collectors/evm/final_head'
import { HeadSignal, type PushedHead } from '#collectors/evm/head_signal'
import { BlockLogs } from '#collectors/evm/read_block_logs'
import { readGap } from '#collectors/evm/read_gap'
import { readRanges } from '#collectors/evm/read_ranges'
import { ReadingPlans } from '#collectors/evm/reading_plan'
import { doubted, recordGaps } from '#collectors/store/gaps'

/** How far behind blocks are proven one by one where one endpoint alone is read: two minutes of BSC. */
const PROVEN_BLOCKS = 256

export interface EvmOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  /** Pools whose swaps are read as well, at most. */
  followPools?: number
  /** The block up to which is read. */
  confirm: 'finalized' | 'latest'
  /** Blocks per call while far behind, at most. */
  batchSize: number
  /** Time between two polls of the head, in milliseconds; undefined measures the chain's block time. */
  intervalMs?: number
  /** The largest share of facts that a reorg or an audit may take back; 0.01 where it is not set. */
  largestShare?: number
  clock: Clock
  logger: Logger
}

/** Reads the logs of an EVM chain that its sources ask for. */
export class EvmReader implements ChainReader<Reading> {
  readonly name: string
  readonly #options: EvmOptions
  readonly #plans: ReadingPlans
  readonly #gapPlans: ReadingPlans
  readonly #signal: HeadSignal
  readonly #blockLogs: BlockLogs
  readonly #canonical: CanonicalBlock
  readonly #blockTime: BlockTime
  readonly #comparison: HeadComparison
  readonly #finalHead: FinalHead

  constructor(options: EvmOptions) {
    const { chainId, clock, confirm, endpoints, logger } = options
    const names = endpoints.endpoints.map(({ name }) => name).join(', ')
    this.name = `chain ${chainId} to its ${confirm} block through ${names}`
    this.#options = options
    this.#plans = new ReadingPlans(options)
    this.#gapPlans = new ReadingPlans(options)
    this.#signal = new HeadSignal(endpoints, clock)
    this.#blockLogs = new BlockLogs(endpoints)
    this.#canonical = new CanonicalBlock(endpoints, clock)
    this.#blockTime = new BlockTime(endpoints, clock)
    this.#comparison = new HeadComparison(endpoints, clock)
    this.#finalHead = new FinalHead(endpoints)
    endpoints.logMarksTo(logger)
  }

  /**
   * Blocks nearer than this are read by hash: a lagging backend cannot hide their logs. No reorg is deeper.
   * Where one endpoint alone may be believed and can prove each block, so many more are.
   */
  get nearHead(): number {
    const [only, another] = this.#options.endpoints.unmarked
    const isProvenAlone = only && !another && only.health.provesLogs
    return isProvenAlone ? PROVEN_BLOCKS : BLOCKS_WITHOUT_PROOF
  }

  /** The block that an endpoint announced, where the head guard believes it; else the answer to a call. */
  async head(known: number | null): Promise<ChainHead<Reading>> {
    const { clock, confirm, endpoints } = this.#options
    endpoints.heads.startFrom(known ?? -1)
    await this.#comparison.whenDue()
    const pushed = this.#signal.takePushed()
    const announced = confirm === 'latest' && pushed ? await this.#believed(pushed) : undefined
    const head = announced ?? (await this.#newest())
    this.#comparison.saw(head.number)
    return { ...this.#blockOf(head), lateMs: clock.now() - head.time }
  }

  async block(number: number) {
    return this.#blockOf(
      await this.#options.endpoints.ask((endpoint) => readHeader(endpoint, number))
    )
  }

  /** A pool that is followed from now on changes the plan: the blocks after this part are read by the new one. */
  async *range(from: number, to: number): AsyncGenerator<RangeReading<Reading>> {
    const { batchSize, endpoints } = this.#options
    let next = from
    while (next <= to) {
      const plan = await this.#plans.current()
      for await (const part of readRanges(endpoints, next, to, plan.filter, batchSize)) {
        const { logs, ...joined } = part
        const reading = plan.readLogs(logs)
        this.#expirePlans(reading)
        await this.#recordDoubts()
        yield { ...joined, reading }
        next = part.to + 1
        if ((await this.#plans.current()) !== plan) break
      }
    }
  }

  stands(block: { number: number; hash: string }) {
    return this.#canonical.stands(block)
  }

  async gap(from: number, to: number): Promise<BlocksReading<Reading>> {
    const plan = await this.#gapPlans.current()
    const { logs, gaps } = await readGap(this.#options, from, to, plan.filter)
    return { from, to, reading: plan.readLogs(logs), gaps }
  }

  async nextBlock(signal: AbortSignal) {
    const intervalMs = this.#options.intervalMs ?? (await this.#blockTime.current())
    await this.#signal.next(intervalMs, signal)
  }

  listen(signal: AbortSignal) {
    return this.#signal.listen(signal)
  }

  #newest(): Promise<BlockHeader> {
    const { confirm, endpoints } = this.#options
    return confirm === 'finalized' ? this.#finalHead.read() : readHead(endpoints, confirm)
  }

  /** What a marked endpoint announces is not gone by where there is another. */
  async #believed({ endpoint, header }: PushedHead): Promise<BlockHeader | undefined> {
    const { endpoints } = this.#options
    if (!endpoints.unmarked.includes(endpoint) && endpoints.others(endpoint)) {
      return undefined
    }
    try {
      return await endpoints.askOnly(endpoint, () => endpoints.heads.believe(endpoint, header))
    } catch (error) {
      if (!(error instanceof RpcFailure)) {
        throw error
      }
      return undefined
    }
  }

  #blockOf(header: BlockHeader): ChainBlock<Reading> {
    const { number, hash, parentHash } = header
    return { number, hash, parentHash, read: () => this.#readBlock(header) }
  }

  async #readBlock(header: BlockHeader): Promise<Reading> {
    const plan = await this.#plans.current()
    const reading = plan.readLogs(await this.#blockLogs.read(header, plan))
    await this.#recordDoubts()
    this.#expirePlans(reading)
    return reading
  }

  /** What has come into doubt is read again as gaps are: written down before the cursor goes on. */
  async #recordDoubts() {
    const { chainId, clock, endpoints } = this.#options
    await endpoints.checks.handOverDoubts(async (doubts) => {
      const gaps = doubted(doubts)
      if (gaps.length > 0) {
        await writeTransaction((trx) => recordGaps(trx, chainId, gaps, clock.now()))
      }
    })
  }

  /**
   * A graduation may change which pools are followed. The plan is asked for again only when the
   * reading has been stored, so it is made anew then.
   */
  #expirePlans({ facts }: Reading) {
    if (facts.some(({ fact }) => fact.type === 'launch' && fact.kind === 'graduated')) {
      this.#plans.expire()
    }
  }
}
