import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Heard } from '#collectors/okx/ingest/heard'

/** So much of what is not understood is kept, in characters. */
const MOST_RAW = 4000

/** Counts what OKX says that we do not understand, and keeps the latest of each as it came. */
export async function storeUnknowns(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  now: number
) {
  for (const { account, unknowns } of heard) {
    for (const { kind, value, raw } of unknowns) {
      const latest = { raw: raw.slice(0, MOST_RAW), last_seen_at: now }
      await trx
        .knexQuery()
        .table('okx_unknowns')
        .insert({
          account_id: account.id,
          kind: kind.slice(0, 32),
          value: value.slice(0, 64),
          times: 1,
          first_seen_at: now,
          ...latest,
        })
        .onConflict(['account_id', 'kind', 'value'])
        .merge({ ...latest, times: trx.knexRawQuery('okx_unknowns.times + 1') })
    }
  }
}
