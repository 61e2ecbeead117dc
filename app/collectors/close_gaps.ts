import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import ScanGap from '#models/scan_gap'
import type { Source } from '#sources/define_source'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { ReadingPlans } from '#collectors/evm/reading_plan'
import { readGap } from '#collectors/evm/read_gap'
import { storeReading } from '#collectors/store/fact_store'
import { recordGaps, waitAfter } from '#collectors/store/gaps'

interface Options {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  /** Pools whose swaps are read as well, at most. */
  followPools?: number
  clock: Clock
}

/**
 * Tries every gap that is due once more. What can be read now is stored; what still cannot, or comes without
 * logs and without proof that there are none, stays a gap, with one more try on its record.
 *
 * @throws RpcFailure when no endpoint answers at all; the gap stays due
 */
export async function closeGaps(options: Options) {
  const { chainId, endpoints, clock } = options
  const { filter, readLogs } = await new ReadingPlans(options).current()
  const due = await ScanGap.query()
    .where('chainId', chainId)
    .whereNull('closedAt')
    .where('nextTryAt', '<=', clock.now())
    .orderBy('fromBlock')

  for (const gap of due) {
    const { logs, gaps } = await readGap(endpoints, gap.fromBlock, gap.toBlock, filter)
    const isUnchanged = gaps.some(({ from, to }) => from === gap.fromBlock && to === gap.toBlock)

    await writeTransaction(async (trx) => {
      const now = clock.now()
      const isOurs = await (isUnchanged ? putOff(trx, gap, now) : close(trx, gap, now))
      if (isOurs) {
        await storeReading(trx, chainId, readLogs(logs), now)
        await recordGaps(trx, chainId, isUnchanged ? [] : gaps, now)
      }
    })
  }
}

/** Both answer whether the gap still was as it was read: else another process has tried it meanwhile. */

async function putOff(trx: TransactionClientContract, gap: ScanGap, now: number) {
  const tries = gap.tries + 1
  return changeGap(trx, gap, { tries, next_try_at: now + waitAfter(tries) })
}

async function close(trx: TransactionClientContract, gap: ScanGap, now: number) {
  return changeGap(trx, gap, { closed_at: now })
}

async function changeGap(trx: TransactionClientContract, { id, tries }: ScanGap, change: object) {
  const open = trx.from('scan_gaps').where({ id, tries }).whereNull('closed_at')
  return Number(await open.update(change)) === 1
}
