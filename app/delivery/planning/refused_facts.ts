import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import { isRefusedRow } from '#foundation/db/database_fault'
import { factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'
import { takeUnplanned } from '#delivery/planning/unplanned_facts'

/** With more refused one after the other than this, the fault is not theirs. */
const MOST_REFUSED = 10

/** A fact for which no job can be stored, and why. */
export interface RefusedFact {
  type: FactType
  id: number
  error: Error
}

/**
 * How many facts are planned together. Where the database refuses what becomes of one of them, there are
 * half as many the next time, until that one is alone. It is set aside then: it counts as planned, so
 * that it holds up no other, and a replay of history takes it up again.
 */
export class PlanningSize {
  readonly #largest: number
  readonly #onRefused: (fact: RefusedFact) => void
  #facts: number
  #refusedInARow = 0

  constructor(largest: number, onRefused: (fact: RefusedFact) => void) {
    this.#largest = largest
    this.#onRefused = onRefused
    this.#facts = largest
  }

  /**
   * Has so many facts of a kind planned at most; answers how many were.
   *
   * @throws what `plan` throws and is not about what one of them holds
   */
  async attempt(plan: (most: number) => Promise<number>, now: number): Promise<number> {
    try {
      const planned = await plan(this.#facts)
      this.#facts = Math.min(this.#largest, this.#facts * 2)
      this.#refusedInARow = 0
      return planned
    } catch (error) {
      if (!isRefusedRow(error) || this.#refusedInARow >= MOST_REFUSED) {
        throw error
      }
      if (this.#facts === 1) {
        await this.#setAside(error as Error, now)
      }
      this.#facts = Math.ceil(this.#facts / 2)
      // There is more to plan.
      return 1
    }
  }

  async #setAside(error: Error, now: number) {
    const fact = await writeTransaction((trx) => setNextAside(trx, now))
    if (fact) {
      this.#refusedInARow++
      this.#onRefused({ ...fact, error })
    }
  }
}

/** Marks the fact that would be planned next as planned, without a job; null when there is none. */
async function setNextAside(trx: TransactionClientContract, now: number) {
  for (const [type, [fact]] of await takeUnplanned(trx, () => 1)) {
    if (fact) {
      const id = Number(fact.id)
      await trx.from(factTypes[type].table).where('id', id).update({ planned_at: now })
      return { type, id }
    }
  }
  return null
}
