import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { PlanTerms } from '#billing/plans/plan_terms'
import { importAccounts } from '#legacy/import_accounts'
import { importLaunches } from '#legacy/import_launches'
import { LegacyFile } from '#legacy/legacy_file'
import type { LegacyCounts } from '#legacy/legacy_report'

/** Carries work out in a transaction, or only tries it. */
export type Transact = <T>(work: (trx: TransactionClientContract) => Promise<T>) => Promise<T>

export interface LegacyImport {
  chainId: number
  terms: PlanTerms
  /** Where bots of WeChat are spoken to: the earlier application knew one place. */
  ilinkUrl: string
  language: string
  /** Nothing is stored: the counts say what would be. */
  isTrial: boolean
  clock: Clock
}

/**
 * Imports what the earlier application had: launches, plans, switches and bots of WeChat. Done again, it
 * imports what is new alone, so that one which was cut short is finished by another.
 *
 * @returns counts by table
 * @throws OperatorError where the file is none of the earlier application's
 */
export async function importLegacy(
  path: string,
  options: LegacyImport
): Promise<Record<string, LegacyCounts>> {
  const file = new LegacyFile(path)
  try {
    const tools = { ...options, transact: options.isTrial ? tryOnly : writeTransaction }
    return {
      launch_events: await importLaunches(file, options.chainId, tools),
      ...(await importAccounts(file, tools)),
    }
  } finally {
    file.close()
  }
}

/** Does the work, and takes it back. */
async function tryOnly<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
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
