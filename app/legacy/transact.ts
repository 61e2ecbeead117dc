import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeTransaction } from '#foundation/db/transaction'

/** Carries work out in a transaction, or only tries it. */
export type Transact = <T>(work: (trx: TransactionClientContract) => Promise<T>) => Promise<T>

/** Does the work, and takes it back. */
export async function tryOnly<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  let done: { answer: T } | undefined
  await writeTransaction(async (trx) => {
    done = { answer: await work(trx) }
    throw new TakenBack()
  }).catch((error) => {
    if (!(error instanceof TakenBack)) throw error
  })
  return done!.answer
}

class TakenBack extends Error {}
