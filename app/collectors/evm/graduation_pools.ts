import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import LaunchEvent from '#models/launch_event'
import type { Source } from '#sources/define_source'
import { poolAmong, type PoolQuestion } from '#sources/look_ups'
import type { Address } from '#sources/facts'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { backoff } from '#foundation/backoff'
import { every } from '#foundation/every'
import { putOff } from '#foundation/rpc/rpc_failure'
import { multicall } from '#foundation/rpc/multicall'

/** Graduations per request, and the time between two requests, in milliseconds. */
const LAUNCHES_PER_CALL = 20
const LOOK_UP_EVERY_MS = 2_000

/** First wait after a look-up without an answer; doubles with each, in milliseconds. */
const FIRST_WAIT_MS = 4_000

/** After this time a graduation without a pool is left as it is, in milliseconds. */
const GIVE_UP_AFTER_MS = 3_600_000

interface Options {
  chainId: number
  sources: readonly Source[]
  endpoints: EndpointPool
  clock: Clock
  logger: Logger
}

/**
 * Asks exchanges for the pool of tokens whose graduation named none, in batches and beside the
 * reading of the chain: a slow answer delays no fact.
 */
export class GraduationPoolLookUp {
  readonly #options: Options
  readonly #lookUps
  /** Graduations whose look-up had no answer, by id: how often, and when next. */
  readonly #unanswered = new Map<number, { tries: number; nextAt: number }>()

  constructor(options: Options) {
    this.#options = options
    this.#lookUps = options.sources.flatMap(({ poolLookUp }) => poolLookUp ?? [])
  }

  /** Looks up pools as tokens graduate, until the signal aborts. */
  run(signal: AbortSignal) {
    const { clock, logger } = this.#options
    const onError = putOff('graduation pools', logger)
    return every(LOOK_UP_EVERY_MS, () => this.lookUpDue(), { clock, signal, onError })
  }

  /**
   * Looks up the pools of one batch of graduations.
   *
   * @throws RpcFailure when no endpoint answered; they stay due
   */
  async lookUpDue() {
    const due = await this.#due()
    const questions = due.map((launch) => this.#questionsFor(launch))
    const calls = questions.flat(2)
    if (calls.length === 0) {
      return
    }

    const answers = await multicall(
      this.#options.endpoints,
      calls.map(({ contract, data }) => ({ target: contract, callData: data }))
    )
    for (const [index, launch] of due.entries()) {
      const asked = questions[index]!
      const own = answers.splice(0, asked.flat().length)
      await this.#keep(launch, poolAmong(asked, own))
    }
  }

  async #due(): Promise<LaunchEvent[]> {
    const { chainId, clock } = this.#options
    const now = clock.now()
    const launches = await LaunchEvent.query()
      .whereNull('poolId')
      .where({ chainId, kind: 'graduated' })
      .where('createdAt', '>', now - GIVE_UP_AFTER_MS)
      .whereNull('removedAt')
      .orderBy('id', 'desc')

    const open = new Set(launches.map(({ id }) => id))
    for (const id of this.#unanswered.keys()) {
      if (!open.has(id)) {
        this.#unanswered.delete(id)
      }
    }
    return launches
      .filter(({ id }) => (this.#unanswered.get(id)?.nextAt ?? 0) <= now)
      .slice(0, LAUNCHES_PER_CALL)
  }

  #questionsFor({ tokenAddress, quoteAddress }: LaunchEvent): PoolQuestion[][] {
    return this.#lookUps.flatMap((lookUp) =>
      lookUp(tokenAddress as Address, (quoteAddress as Address | null) ?? undefined)
    )
  }

  async #keep({ id }: LaunchEvent, pool: Address | null) {
    if (pool) {
      await LaunchEvent.query().where({ id }).whereNull('poolId').update({ poolId: pool })
      return
    }
    const tries = this.#unanswered.get(id)?.tries ?? 0
    const nextAt = this.#options.clock.now() + backoff({ firstMs: FIRST_WAIT_MS }, tries)
    this.#unanswered.set(id, { tries: tries + 1, nextAt })
  }
}
