import type { Logger } from '@adonisjs/core/logger'
import { formatEther } from 'ox/Value'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { OperatorError } from '#foundation/errors'
import { workOrStandBy } from '#foundation/standby'
import { OutageLog } from '#foundation/outage_log'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { inRound } from '#foundation/rounds'
import type DepositAddress from '#models/deposit_address'
import { remindExpiring } from '#billing/plans/remind_expiring'
import { finalizedBlock } from '#billing/watcher/account_state'
import { ActivePoll } from '#billing/watcher/active_poll'
import {
  checkBalances,
  FULL_READS,
  REQUESTS_PER_CHECK,
  type CheckOptions,
} from '#billing/watcher/check_balances'
import { noteTokens } from '#billing/watcher/deposit_tokens'
import { FullScan } from '#billing/watcher/full_scan'

/** So many blocks are searched for tokens at once, and after a start: half an hour of BSC. */
const MOST_BLOCKS_OF_TOKENS = 4000

export interface WatcherOptions extends Omit<CheckOptions, 'confirm' | 'untoldSince'> {
  chainId: number
  /** How often active addresses are polled, and all others scanned, in milliseconds. */
  activeMs: number
  fullScanMs: number
  /** Addresses in one request, and requests in a second. */
  chunk: number
  requestsPerSecond: number
  logger: Logger
}

/**
 * Checks the balances of all deposit addresses until it is told to stop: active ones at each poll,
 * the others in a full scan in between. Of several on one database one works; the others stand by
 * and take over when it dies.
 */
export class PaymentWatcher {
  readonly #options: WatcherOptions
  readonly #lease: Lease
  readonly #check: CheckOptions
  readonly #active: ActivePoll
  readonly #scan: FullScan
  readonly #outage: OutageLog
  #lastBlock?: number
  /** Up to which block tokens sent to an address are noted, by its number. */
  readonly #tokensThrough = new Map<number, number>()
  /** By the clock's `elapsed`. */
  #partBeganAt = Number.NEGATIVE_INFINITY

  constructor(options: WatcherOptions) {
    const { chainId, clock, fullScanMs, chunk } = options
    this.#options = options
    this.#outage = new OutageLog(options.logger, clock)
    options.endpoints.logMarksTo(options.logger)
    this.#lease = new Lease(`payments:${chainId}`)
    this.#check = {
      ...options,
      untoldSince: new Map(),
      confirm: (trx) => this.#lease.hold(trx, clock.now()),
    }
    this.#active = new ActivePoll(options)
    this.#scan = new FullScan({ chainId, clock, everyMs: fullScanMs, chunk })
  }

  async run(signal: AbortSignal) {
    const { clock, logger } = this.#options
    const onStandby = () => logger.info('another scan:payments works; standing by')
    await workOrStandBy({ lease: this.#lease, clock, onStandby }, () => this.#work(signal), signal)
    await this.#active.close()
  }

  async #work(signal: AbortSignal) {
    const { clock, logger } = this.#options
    logger.info('watching for payments')
    const round = async () => {
      const isHeld = await this.#lease.keep(clock.now())
      if (isHeld) await this.#tryTurn(signal)
      return isHeld
    }
    while (!signal.aborted && (await inRound(round)));
  }

  /**
   * Checks every address once, and reads each in full.
   *
   * @throws OperatorError when another watcher is at work on this database
   * @throws RpcFailure when it may work later
   */
  async once() {
    if (!(await this.#lease.acquire(this.#options.clock.now()))) {
      throw new OperatorError(
        'Another scan:payments is at work on this database; it sees the same.'
      )
    }
    const block = await finalizedBlock(this.#options.endpoints)
    this.#scan.begin()
    try {
      for (let part = await this.#scan.next(); part.length > 0; part = await this.#scan.next()) {
        await this.#checkBalances(part, block, part.length)
        await this.#noteTokens(part, block)
      }
    } finally {
      await this.#lease.release()
    }
  }

  async #tryTurn(signal: AbortSignal) {
    try {
      await this.#turn(signal)
      this.#outage.worked('payments are looked for again')
    } catch (error) {
      if (!(error instanceof RpcFailure || error instanceof LeaseLostError)) {
        throw error
      }
      this.#outage.failed(`payments are looked for later: ${error.message}`)
      await this.#active.waitForActive(this.#active.restMs, signal)
    }
  }

  /**
   * First the active addresses. Until their next poll is due, or another address becomes active, as
   * many of the others as the rate allows.
   */
  async #turn(signal: AbortSignal) {
    const { clock, endpoints } = this.#options
    await remindExpiring(this.#options)
    const block = await finalizedBlock(endpoints)
    await this.#active.poll(block, (addresses) => this.#tryCheck(addresses, block))

    const endsAt = clock.elapsed() + this.#active.restMs
    let left = this.#active.restMs
    let hasNew = false
    while (left > 0 && !hasNew && !signal.aborted) {
      const restMs = await this.#scanPart(block)
      left = endsAt - clock.elapsed()
      hasNew = await this.#active.waitForActive(Math.min(restMs, left), signal)
    }
    this.#lastBlock = block
  }

  /**
   * Checks the next part of the full scan, if there is one and it is due.
   *
   * @returns how long to rest before the one after it, in milliseconds
   */
  async #scanPart(block: number): Promise<number> {
    const { clock, requestsPerSecond } = this.#options
    const paceMs = (REQUESTS_PER_CHECK * 1000) / requestsPerSecond
    const sinceLast = clock.elapsed() - this.#partBeganAt
    if (sinceLast < paceMs) return paceMs - sinceLast

    const part = await this.#scan.next()
    if (part.length === 0) return Infinity
    this.#partBeganAt = clock.elapsed()
    await this.#tryCheck(part, block)
    await this.#noteTokens(part, block)
    await this.#lease.keep(clock.now())
    return Math.max(0, this.#partBeganAt + paceMs - clock.elapsed())
  }

  /** One address that cannot be read holds up no other one. */
  async #tryCheck(addresses: DepositAddress[], block: number) {
    try {
      await this.#checkBalances(addresses, block)
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      this.#options.logger.warn(`an address is read later: ${error.message}`)
    }
  }

  /** Nothing that is credited depends on it: an endpoint that serves no logs is asked again later. */
  async #noteTokens(addresses: DepositAddress[], block: number) {
    const { endpoints, clock, logger } = this.#options
    const through = Math.min(...addresses.map(({ id }) => this.#tokensThrough.get(id) ?? 0))
    const from = Math.max(through + 1, block - MOST_BLOCKS_OF_TOKENS)
    if (addresses.length === 0 || from > block) return
    try {
      const added = await noteTokens(endpoints, addresses, { from, to: block }, clock.now())
      for (const { id } of addresses) this.#tokensThrough.set(id, block)
      if (added > 0) {
        logger.warn(`${added} tokens came in that buy nothing: node ace payments:addresses`)
      }
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error
      logger.debug(`tokens are looked for later: ${error.message}`)
    }
  }

  async #checkBalances(addresses: DepositAddress[], block: number, fullReads = FULL_READS) {
    const extent = { earlier: this.#lastBlock, fullReads }
    const received = await checkBalances(addresses, block, this.#check, extent)
    if (received > 0n) {
      this.#options.logger.info(`${formatEther(received)} BNB came in`)
    }
  }
}
