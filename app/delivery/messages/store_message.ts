import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { transaction } from '#foundation/db/transaction'
import { linkJobs } from '#delivery/messages/linked_jobs'
import type { MessageLedger } from '#delivery/messages/message_ledger'
import type { ClaimedJob } from '#delivery/queue/job'

/**
 * Stores a message with the jobs that it tells of, before its request.
 *
 * @param insert stores the message and answers its id; null: it is not to be sent after all
 * @returns its id; null when nothing is to be sent, because what was decided on is not so any more
 */
export async function storeMessage(
  ledger: MessageLedger,
  jobs: readonly ClaimedJob[],
  insert: (trx: TransactionClientContract) => Promise<number | null>
): Promise<number | null> {
  try {
    return await transaction(async (trx) => {
      const id = await insert(trx)
      if (id === null || !(await linkJobs(trx, ledger, jobs, id))) {
        throw new Outdated()
      }
      return id
    })
  } catch (error) {
    if (error instanceof Outdated) return null
    throw error
  }
}

/** What the message was made for is not so any more. */
class Outdated extends Error {}

/** Which attempt this is for the events of one message. */
export function attemptOf(jobs: readonly ClaimedJob[]): number {
  return 1 + Math.max(0, ...jobs.map(({ attempts }) => attempts))
}
