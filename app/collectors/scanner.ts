import { OperatorError } from '#foundation/operator_error'
import { ChainFollower, type FollowerOptions } from '#collectors/chain_follower'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { HeadSignal, measureBlockTime } from '#collectors/evm/head_signal'
import { ScanReport } from '#collectors/scan_report'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { workOrStandBy } from '#foundation/standby'

/** How long to wait after a failure, in milliseconds. */
const AFTER_FAILURE_MS = 500

export interface ScannerOptions extends Omit<FollowerOptions, 'lease' | 'report'> {
  /** Time between two looks at the head; undefined measures the chain's block time. */
  intervalMs?: number
}

/**
 * Follows a chain until it is told to stop. Of several on one database one works; the others
 * stand by and take over when it dies.
 */
export class Scanner {
  readonly #options: ScannerOptions
  readonly #lease: Lease
  readonly #follower: ChainFollower
  readonly #head: HeadSignal
  #isActive = false

  constructor(options: ScannerOptions) {
    const { chainId, endpoints, clock, logger } = options
    this.#options = options
    this.#lease = new Lease(`scanner:${chainId}`)
    this.#head = new HeadSignal(endpoints, clock)
    const report = new ScanReport(logger, clock)
    this.#follower = new ChainFollower({ ...options, lease: this.#lease, report })
  }

  /** Whether this is the one of several that works. */
  get isActive(): boolean {
    return this.#isActive
  }

  async run(signal: AbortSignal) {
    const { clock, logger } = this.#options
    const onStandby = () =>
      logger.info('another scan:chain is at work on this database; standing by')
    const standby = { lease: this.#lease, clock, onStandby }
    const ended = new AbortController()
    const listening = this.#head.listen(AbortSignal.any([signal, ended.signal]))
    try {
      await workOrStandBy(standby, () => this.#work(signal), signal)
    } finally {
      this.#isActive = false
      ended.abort()
      await listening
    }
  }

  async #work(signal: AbortSignal) {
    this.#isActive = true
    await this.#follow(signal)
    this.#isActive = false
  }

  /**
   * Reads once up to the confirmed head.
   *
   * @throws OperatorError when another scanner is at work on this database
   * @throws RpcFailure when reading may work later
   */
  async once(signal?: AbortSignal) {
    if (!(await this.takeLease())) {
      throw new OperatorError('Another scan:chain is at work on this database; it reads the same.')
    }
    await this.#follower.catchUp(signal).finally(() => this.#lease.release())
  }

  /** Takes the right to write, if nobody else has it. */
  takeLease(): Promise<boolean> {
    return this.#lease.acquire(this.#options.clock.now())
  }

  async #follow(signal: AbortSignal) {
    const { chainId, clock, confirm, endpoints, logger } = this.#options
    const names = endpoints.endpoints.map(({ name }) => name).join(', ')
    logger.info(`following chain ${chainId} to its ${confirm} block through ${names}`)
    let intervalMs = this.#options.intervalMs

    while (!signal.aborted && (await this.#lease.keep(clock.now()))) {
      try {
        intervalMs ??= await measureBlockTime(endpoints)
        await this.#follower.catchUp(signal, this.#head.takePushed())
        await this.#head.next(intervalMs, signal)
      } catch (error) {
        if (error instanceof LeaseLostError) {
          logger.warn(`${error.message}; standing by`)
          return
        }
        if (!(error instanceof RpcFailure)) {
          throw error
        }
        logger.warn(`the chain could not be read (${error.kind}): ${error.message}`)
        await clock.sleep(AFTER_FAILURE_MS, signal)
      }
    }
  }
}
