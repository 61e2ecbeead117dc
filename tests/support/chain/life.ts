import { Audit } from '#collectors/evm/audit'
import type { AuditResult } from '#collectors/evm/audit_result'
import { openGaps } from '#collectors/store/gaps'
import { Heartbeat } from '#foundation/db/heartbeat'
import { WrongChainError } from '#foundation/rpc/check_chain'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { isOfCollectors } from '#health/finding'
import { readPushHealth } from '#health/report'
import type { ChainLog } from '#sources/facts'
import { sources } from '#sources/venues'
import type { Behaviour } from '#tests/support/chain/behaviours'
import { DirectEndpoint } from '#tests/support/chain/direct_endpoint'
import { TestChain } from '#tests/support/chain/test_chain'
import { quietLogger } from '#tests/support/logged_lines'
import { HEALTH_SETTINGS } from '#tests/support/push_health'
import { seededRandom, type Random } from '#tests/support/random'
import { closeGapsThrough, readOnce, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** Time between two blocks, in milliseconds. */
const BLOCK_MS = 450

/** The deepest reorg, and the longest time without a reader, in blocks. */
export const DEEPEST_REORG = 64
const LONGEST_STOP = 130

/** A process that is killed ends at its next call; what it has stored stands. */
class Killed extends Error {}

/** A chain, the endpoints through which it is read, and the clock of both. */
export class Life {
  readonly chain: TestChain
  readonly clock: SettableClock
  readonly random: Random
  readonly confirm: 'finalized' | 'latest'
  readonly endpoints: DirectEndpoint[]
  pool!: EndpointPool
  #scanner!: ReturnType<typeof scannerOf>
  #callsLeft = Infinity

  readonly #heartbeat: Heartbeat

  constructor(seed: number, count: number, confirm?: 'finalized' | 'latest') {
    this.random = seededRandom(seed)
    this.confirm = confirm ?? this.random.pick(['finalized', 'latest'] as const)
    this.chain = new TestChain(seed)
    this.chain.density = 0.25
    this.chain.isSealed = true
    this.chain.isBusy = this.random.chance(0.5)
    this.chain.mine(this.random.between(5, 80))
    this.clock = new SettableClock(this.chain.head.timestamp * 1000)
    this.endpoints = Array.from(
      { length: count },
      (_, at) => new DirectEndpoint(`endpoint-${at}`, this.chain)
    )
    for (const endpoint of this.endpoints) {
      endpoint.before = () => {
        if (this.#callsLeft-- <= 0) throw new Killed()
      }
    }
    this.#heartbeat = new Heartbeat({
      kind: 'scan:chain',
      version: '1',
      clock: this.clock,
      rpcSilentSince: () => this.pool.silentSince(),
      endpoints: () => ({
        marks: this.pool.marks(),
        trusted: this.pool.unmarked.length,
        unprovenSince: this.pool.checks.unprovenSince,
      }),
    })
    this.start()
  }

  /** Starts a process that knows nothing of the one before but what that has stored. */
  start() {
    this.#callsLeft = Infinity
    this.pool = new EndpointPool(this.#fresh(), 56, this.clock)
    this.#scanner = scannerOf([], {
      endpoints: this.pool,
      clock: this.clock,
      confirm: this.confirm,
      batchSize: this.random.pick([7, 40, 1000]),
      largestShare: 1,
      logger: quietLogger,
    })
  }

  /** From now on this endpoint behaves in another way. */
  change(at: number, behave: Behaviour) {
    this.endpoints[at]!.fault = behave(this.chain, this.random)
  }

  /** From now on this endpoint tells the truth at once. */
  heal(at: number) {
    Object.assign(this.endpoints[at]!, { fault: () => undefined, lag: () => 0 })
  }

  /** The last block that is read. */
  get end(): number {
    return this.confirm === 'latest' ? this.chain.head.number : this.chain.finalized.number
  }

  mine(blocks: number) {
    this.chain.mine(blocks)
    this.clock.pass(blocks * BLOCK_MS)
  }

  /** Lets time pass, and blocks come in it. */
  passSeconds(seconds: number) {
    const blocks = Math.floor((seconds * 1000) / BLOCK_MS)
    this.mine(blocks)
  }

  /** Some blocks come, or many while there is no reader; a reorg, a kill, and what is read then. */
  async round() {
    const { chain, random } = this
    const isStopped = random.chance(0.1)
    this.mine(isStopped ? random.between(60, LONGEST_STOP) : random.between(1, 6))
    if (this.confirm === 'latest' && random.chance(0.25)) {
      chain.reorg(random.between(1, Math.min(DEEPEST_REORG, chain.head.number)))
      this.clock.pass(BLOCK_MS)
    }
    if (isStopped || random.chance(0.05)) this.start()
    if (random.chance(0.15)) {
      await this.readUntilKilled(random.between(1, 25))
    }
    await this.read()
  }

  /** Reads up to the head, and answers whether it got there. */
  async read(): Promise<boolean> {
    try {
      return await readOnce(this.#scanner)
    } catch (error) {
      // A process whose endpoints all speak for another chain ends.
      if (error instanceof WrongChainError) return false
      throw error
    }
  }

  /** What health finds about the reading, and how many endpoints may be believed. */
  async health() {
    const { clock } = this
    await this.#heartbeat.beat()
    const { findings, processes } = await readPushHealth(3_600_000, clock.now(), HEALTH_SETTINGS)
    return {
      findings: findings.filter(isOfCollectors).map(({ name }) => name),
      trusted: processes[0]!.trusted_endpoints,
    }
  }

  /** Every log of any block that there ever was, on this chain or on another branch. */
  everyLog(): ChainLog[] {
    return [this.chain, ...this.chain.branches].flatMap(({ known }) =>
      [...known.values()].flatMap(({ logs }) => logs)
    )
  }

  /** Tries gaps and audits what is final, as the work beside the reading does. */
  async maintain(): Promise<AuditResult | null> {
    const { clock, pool } = this
    const options = { chainId: 56, endpoints: pool, sources, batchSize: 100, clock }
    try {
      await closeGapsThrough(pool, clock, quietLogger)
      return await new Audit({ ...options, largestShare: 1 }).run(1, this.chain.finalized.number)
    } catch (error) {
      if (error instanceof RpcFailure || error instanceof WrongChainError) return null
      throw error
    }
  }

  /**
   * Goes on until everything is read, every gap is closed, and an audit finds nothing to repair.
   *
   * @returns whether that came to pass
   */
  async settle(): Promise<boolean> {
    for (let tries = 0; tries < 40; tries++) {
      this.mine(4)
      this.clock.pass(tries < 4 ? 60_000 : 3_600_000)
      const isRead = await this.read()
      const audit = isRead ? await this.maintain() : null
      const gaps = await openGaps(56)
      const isClean =
        audit &&
        audit.missing + audit.phantom + audit.altered + audit.unproven + audit.unreadable === 0
      if (isClean && gaps.length === 0) return true
    }
    return false
  }

  /** Reads, and is killed at its next call after so many. */
  async readUntilKilled(calls: number) {
    this.#callsLeft = calls
    try {
      await this.read()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
    this.start()
  }

  /** What a process has learned of its endpoints ends with it. */
  #fresh(): DirectEndpoint[] {
    return this.endpoints.map((old, at) => {
      const endpoint = new DirectEndpoint(old.name.split('.')[0]!, this.chain)
      const { fault, lag, before } = old
      Object.assign(endpoint, { fault, lag, before })
      this.endpoints[at] = endpoint
      return endpoint
    })
  }
}
