import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { faultOfStored } from '#delivery/expressions/checked'
import { evaluateFilters } from '#delivery/expressions/evaluate'
import type { FilterQuestion } from '#delivery/expressions/evaluate'
import type { FilterCause, FilteredEvent } from '#delivery/expressions/filter'

/** A fact that filters are asked about; its event is made when one is. */
export interface AskedFact {
  type: FactType
  fact: FactRow
  event: () => FilteredEvent
}

/** What a filter says of a fact; undefined: that is not known yet, and is found out next. */
export type Judge = (filter: string, asked: AskedFact) => FilterCause | undefined

/** Ends work that needs answers first. */
class Unanswered extends Error {}

/** What filters say of facts, for work that must not evaluate them itself. */
export class FilterAnswers {
  readonly #known = new Map<string, Map<string, FilterCause>>()
  #open: { name: string; question: FilterQuestion }[] = []

  readonly judge: Judge = (filter, { type, fact, event }) => {
    const fault = faultOfStored(filter)
    if (fault) return fault

    const name = `${type} ${fact.id}`
    const answer = this.#ofFilter(filter).get(name)
    if (answer === undefined) {
      this.#open.push({ name, question: { kind: 'filter', text: filter, event: event() } })
    }
    return answer
  }

  /** Ends work here that has asked what is not known yet, so that it does nothing for no use. */
  insist() {
    if (this.#open.length > 0) throw new Unanswered()
  }

  /** Runs `work`, and again once the filters have said what it asked. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await work()
        this.insist()
        return result
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
      }
      await this.#find()
    }
  }

  async #find() {
    const open = this.#open.splice(0)
    const answers = await evaluateFilters(open.map(({ question }) => question))
    for (const [index, { name, question }] of open.entries()) {
      this.#ofFilter(question.text).set(name, answers[index]!)
    }
  }

  #ofFilter(filter: string): Map<string, FilterCause> {
    const known = this.#known.get(filter) ?? new Map()
    this.#known.set(filter, known)
    return known
  }
}

/**
 * Runs `work` in a write transaction that evaluates no filter: where it asks for what is not known,
 * all of it is undone, the filters are evaluated, and it runs again. So none of them holds the lock,
 * however many there are.
 */
export function withFilters<T>(
  work: (trx: TransactionClientContract, answers: FilterAnswers) => Promise<T>
): Promise<T> {
  const answers = new FilterAnswers()
  return answers.during(() =>
    writeTransaction(async (trx) => {
      const result = await work(trx, answers)
      answers.insist()
      return result
    })
  )
}
