import { errors } from '@adonisjs/limiter'
import type { LimiterResponse } from '@adonisjs/limiter'
import type { LimiterStoreContract } from '@adonisjs/limiter/types'

/**
 * Limits that all web processes count together, in Redis. While that does not answer, each counts by
 * itself: limits are then too wide, as many times as there are processes, but none is too narrow.
 */
export class SharedLimits implements LimiterStoreContract {
  readonly name = 'shared'

  /**
   * @param shared what counts in Redis
   * @param own what counts in this process
   */
  constructor(
    private readonly shared: LimiterStoreContract,
    private readonly own: LimiterStoreContract
  ) {}

  get requests() {
    return this.shared.requests
  }

  get duration() {
    return this.shared.duration
  }

  get blockDuration() {
    return this.shared.blockDuration
  }

  consume(key: string | number, amount?: number): Promise<LimiterResponse> {
    return this.#ask((store) => store.consume(key, amount))
  }

  increment(key: string | number, amount?: number): Promise<LimiterResponse> {
    return this.#ask((store) => store.increment(key, amount))
  }

  decrement(key: string | number, amount?: number): Promise<LimiterResponse> {
    return this.#ask((store) => store.decrement(key, amount))
  }

  block(key: string | number, duration: string | number): Promise<LimiterResponse> {
    return this.#ask((store) => store.block(key, duration))
  }

  set(
    key: string | number,
    requests: number,
    duration?: string | number
  ): Promise<LimiterResponse> {
    return this.#ask((store) => store.set(key, requests, duration))
  }

  get(key: string | number): Promise<LimiterResponse | null> {
    return this.#ask((store) => store.get(key))
  }

  delete(key: string | number): Promise<boolean> {
    return this.#ask((store) => store.delete(key))
  }

  clear(): Promise<void> {
    return this.#ask((store) => store.clear())
  }

  /** That a limit is reached is an answer, too. */
  async #ask<T>(question: (store: LimiterStoreContract) => Promise<T>): Promise<T> {
    try {
      return await question(this.shared)
    } catch (error) {
      if (error instanceof errors.E_TOO_MANY_REQUESTS) throw error
      return question(this.own)
    }
  }
}
