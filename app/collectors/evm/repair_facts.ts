import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { Reading } from '#sources/read_logs'
import { storeReading } from '#collectors/store/fact_store'
import { retractAltered } from '#collectors/store/retract_altered'
import { retractLogs } from '#collectors/store/retract_logs'
import type { StoredLog } from '#collectors/store/stored_logs'

/** What is corrected at once. */
export interface Repair {
  /** What is on the chain. */
  read: Reading[]
  /** Facts that are not. */
  gone?: StoredLog[]
  /** Facts that say something else than their logs. */
  altered?: StoredLog[]
}

/** Takes facts back and stores what was read, in one transaction. */
export async function repairFacts(
  { chainId, clock }: { chainId: number; clock: Clock },
  { read, gone = [], altered = [] }: Repair
) {
  const readings = read.filter(({ facts, undecodable }) => facts.length + undecodable.length)
  if (gone.length + altered.length + readings.length === 0) {
    return
  }
  await writeTransaction(async (trx) => {
    const now = clock.now()
    await retractLogs(trx, gone, now)
    await retractAltered(trx, chainId, altered, now)
    for (const reading of readings) {
      await storeReading(trx, chainId, reading, now)
    }
  })
}
