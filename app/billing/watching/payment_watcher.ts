import type { Logger } from '@adonisjs/core/logger'
import { formatEther } from 'viem'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { OperatorError } from '#foundation/operator_error'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { remindExpiring } from '#billing/entitlements/remind_expiring'
import { finalizedBlock } from '#billing/watching/account_state'
import { CloseWatch } from '#billing/watching/close_watch'
import { FULL_READS, look, REQUESTS_OF_A_LOOK, type Looking } from '#billing/watching/look'
import { Round } from '#billing/watching/round'

/** How often a standby looks whether the lease is free, in milliseconds. */
const STANDBY_MS = 1_000

export interface WatcherOptions extends Omit<Looking, 'confirm'> {
  chainId: number
  /** How often addresses that are watched closely are looked at, and all others, in milliseconds. */
  closeMs: number
  restMs: number
  /** Addresses in one request, and requests in a second. */
  chunk: number
  requestsPerSecond: number
  logger: Logger
}

/**
 * Looks at the balances of all deposit addresses until it is told to stop. Of several on one
 * database one works; the others stand by and take over when it dies.
 */
export class PaymentWatcher {
  readonly #options: WatcherOptions
  readonly #lease: Lease
  readonly #looking: Looking
  readonly #close: CloseWatch
  readonly #round: Round
  #lastBlock?: number
  #partBeganAt = Number.NEGATIVE_INFINITY

  constructor(options: WatcherOptions) {
    const { chainId, clock, restMs, chunk } = options
    this.#options = options
    options.endpoints.heads.onRefused = (message) => options.logger.warn(message)
    this.#lease = new Lease(`payments:${chainId}`)
    this.#looking = { ...options, confirm: (trx) => this.#lease.hold(trx, clock.now()) }
    this.#close = new CloseWatch(options)
    this.#round = new Round({ chainId, clock, everyMs: restMs, chunk })
  }

  async run(signal: AbortSignal) {
    const { clock, logger } = this.#options
    let wasActive: boolean | undefined
    while (!signal.aborted) {
      const isActive = await this.#lease.keep(clock.now())
      if (isActive !== wasActive) {
        logger.info(isActive ? 'watching for payments' : 'another scan:payments works; standing by')
        wasActive = isActive
      }
      await (isActive ? this.#tryTurn(signal) : clock.sleep(STANDBY_MS, signal))
    }
    await this.#close.close()
    await this.#lease.release()
  }

  /**
   * Looks once at every address, and reads each in full.
   *
   * @throws OperatorError when another watcher is at work on this database
   * @throws RpcFailure when looking may work later
   */
  async once() {
    if (!(await this.#lease.acquire(this.#options.clock.now()))) {
      throw new OperatorError(
        'Another scan:payments is at work on this database; it sees the same.'
      )
    }
    const block = await finalizedBlock(this.#options.endpoints)
    this.#round.begin()
    try {
      for (let part = await this.#round.next(); part.length > 0; part = await this.#round.next()) {
        await this.#look(part, block, part.length)
      }
    } finally {
      await this.#lease.release()
    }
  }

  async #tryTurn(signal: AbortSignal) {
    try {
      await this.#turn(signal)
    } catch (error) {
      if (!(error instanceof RpcFailure || error instanceof LeaseLostError)) {
        throw error
      }
      this.#options.logger.warn(`payments are looked for later: ${error.message}`)
      await this.#close.somebodyComes(this.#close.restMs, signal)
    }
  }

  /**
   * First those that somebody waits for. Until it is time to look at them again, or somebody else
   * comes, as many of the others as may be asked for.
   */
  async #turn(signal: AbortSignal) {
    const { clock, endpoints } = this.#options
    await remindExpiring(this.#options)
    const block = await finalizedBlock(endpoints)
    await this.#close.look(block, (addresses) => this.#tryLook(addresses, block))

    const endsAt = clock.now() + this.#close.restMs
    let left = this.#close.restMs
    let hasCome = false
    while (left > 0 && !hasCome && !signal.aborted) {
      const restMs = await this.#goRound(block)
      left = endsAt - clock.now()
      hasCome = await this.#close.somebodyComes(Math.min(restMs, left), signal)
    }
    this.#lastBlock = block
  }

  /**
   * Looks at the next part of the round, if there is one and it is time for it.
   *
   * @returns how long to rest before the one after it, in milliseconds
   */
  async #goRound(block: number): Promise<number> {
    const { clock, requestsPerSecond } = this.#options
    const paceMs = (REQUESTS_OF_A_LOOK * 1000) / requestsPerSecond
    const sinceLast = clock.now() - this.#partBeganAt
    // A clock that was set back does not hold the round up.
    if (sinceLast >= 0 && sinceLast < paceMs) return paceMs - sinceLast

    const part = await this.#round.next()
    if (part.length === 0) return Infinity
    this.#partBeganAt = clock.now()
    await this.#tryLook(part, block)
    await this.#lease.keep(clock.now())
    return Math.max(0, this.#partBeganAt + paceMs - clock.now())
  }

  /** One address that cannot be read holds up no other one. */
  async #tryLook(addresses: DepositAddress[], block: number) {
    try {
      await this.#look(addresses, block)
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      this.#options.logger.warn(`an address is read later: ${error.message}`)
    }
  }

  async #look(addresses: DepositAddress[], block: number, fullReads = FULL_READS) {
    const extent = { earlier: this.#lastBlock, fullReads }
    const received = await look(addresses, block, this.#looking, extent)
    if (received > 0n) {
      this.#options.logger.info(`${formatEther(received)} BNB came in`)
    }
  }
}
