import { writeTransaction } from '#foundation/db/transaction'
import { importAccounts, type AccountImport } from '#legacy/import_accounts'
import { importLaunches } from '#legacy/import_launches'
import { tryOnly } from '#legacy/transact'
import { LegacyFile } from '#legacy/legacy_file'
import type { LegacyCounts } from '#legacy/legacy_report'

interface LegacyImport extends Omit<AccountImport, 'transact'> {
  chainId: number
  /** Nothing is stored: the counts say what would be. */
  isTrial: boolean
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
