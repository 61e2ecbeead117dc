import { round } from '#benchmarks/support/report'
import { contender, onPostgres, onSqlite } from '#benchmarks/support/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'

const ENDPOINTS = 20
const FEW_JOBS = 1000

/** What a backlog costs: memory of the sender and time of a claim, against 1,000 jobs. */
export async function backlog(folder: string, jobs: number) {
  const receiver = await startReceiver()
  const measure = async (database: Record<string, string>, pending: number) => {
    const environment = {
      ...database,
      BENCH_RECEIVER: receiver.url,
      BENCH_FACTS: String(pending / ENDPOINTS),
      BENCH_ENDPOINTS: String(ENDPOINTS),
    }
    await contender('deliver', 'fill', environment)
    return contender('deliver', 'backlog', environment)
  }

  const few = await onSqlite(folder, (sqlite) => measure(sqlite, FEW_JOBS))
  const many = await onSqlite(folder, (sqlite) => measure(sqlite, jobs))
  const fewOnPostgres = await onPostgres((postgres) => measure(postgres, FEW_JOBS))
  const manyOnPostgres = await onPostgres((postgres) => measure(postgres, jobs))
  receiver.stop()
  return {
    backlog_jobs: jobs,
    backlog_memory: round(many.peakMb / few.peakMb),
    claim_ms: round(few.claimMs!, 1),
    backlog_claim_ms: round(many.claimMs!, 1),
    pg_backlog_memory: round(manyOnPostgres.peakMb / fewOnPostgres.peakMb),
    pg_claim_ms: round(fewOnPostgres.claimMs!, 1),
    pg_backlog_claim_ms: round(manyOnPostgres.claimMs!, 1),
  }
}
