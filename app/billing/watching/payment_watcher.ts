import type { Logger } from '@adonisjs/core/logger'
import { formatEther } from 'viem'
import { Lease, LeaseLostError } from '#foundation/lease'
import { OperatorError } from '#foundation/operator_error'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { watchedAddresses } from '../addresses/watched_addresses.js'
import { remindExpiring } from '../entitlements/remind_expiring.js'
import { finalizedBlock } from './account_state.js'
import { look, type Looking } from './look.js'
import { Round } from './round.js'

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
  readonly #round: Round
  #lastBlock?: number

  constructor(options: WatcherOptions) {
    const { chainId, clock, restMs, chunk } = options
    this.#options = options
    this.#lease = new Lease(`payments:${chainId}`)
    this.#looking = { ...options, confirm: (trx) => this.#lease.hold(trx, clock.now()) }
    this.#round = new Round({ chainId, clock, everyMs: restMs, chunk })
  }

  async run(signal: AbortSignal) {
    const { clock, closeMs, logger } = this.#options
    let wasActive: boolean | undefined
    while (!signal.aborted) {
      const isActive = await this.#lease.keep(clock.now())
      if (isActive !== wasActive) {
        logger.info(isActive ? 'watching for payments' : 'another scan:payments works; standing by')
        wasActive = isActive
      }
      if (isActive) await this.#tryTurn(signal)
      await clock.sleep(isActive ? closeMs : STANDBY_MS, signal)
    }
    await this.#lease.release()
  }

  /**
   * Looks once at every address.
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
        await this.#look(part, block)
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
    }
  }

  /** First those that somebody waits for, then as many of the others as there is time for. */
  async #turn(signal: AbortSignal) {
    const { chainId, chunk, clock, closeMs, endpoints, requestsPerSecond } = this.#options
    const endsAt = clock.now() + closeMs
    const block = await finalizedBlock(endpoints)
    await remindExpiring(this.#options)

    const close = await watchedAddresses(chainId).where('watched_until', '>', clock.now())
    for (let from = 0; from < close.length; from += chunk) {
      await this.#look(close.slice(from, from + chunk), block)
    }
    while (!signal.aborted && clock.now() < endsAt) {
      const part = await this.#round.next()
      if (part.length === 0) break
      await this.#look(part, block)
      await this.#lease.keep(clock.now())
      await clock.sleep(1000 / requestsPerSecond, signal)
    }
    this.#lastBlock = block
  }

  async #look(addresses: DepositAddress[], block: number) {
    const received = await look(addresses, block, this.#looking, this.#lastBlock)
    if (received > 0n) {
      this.#options.logger.info(`${formatEther(received)} BNB came in`)
    }
  }
}
