import { writeTransaction } from '#foundation/db/transaction'
import type { AccountAlertKind } from '#facts/push_alert'
import type OkxAudit from '#models/okx_audit'
import type { FollowedAccount } from '#collectors/okx/ingest/heard'

const KIND: AccountAlertKind = 'okx.account_incomplete'

/**
 * Tells the owner of an account, once for each, what is missing of it that OKX does not give. Where the
 * sum of bills is not known to hold (`report`), nothing is raised.
 *
 * @param now epoch milliseconds
 */
export async function tellHoles(
  account: FollowedAccount,
  audits: readonly OkxAudit[],
  now: number
) {
  const incomplete = audits.filter(({ mode, verdict }) => mode === 'strict' && verdict === 'holes')
  for (const { ccy, completeTime, detail } of incomplete) {
    const alert = {
      owner_id: account.ownerId,
      kind: KIND,
      endpoint: `OKX account ${account.uid}, ${ccy}`,
      since: completeTime ?? 0,
    }
    await writeTransaction(async (trx) => {
      if (await trx.from('push_alerts').where(alert).first()) return
      await trx.table('push_alerts').insert({
        ...alert,
        message: `Something is missing of the OKX account ${account.uid} in ${ccy}: ${detail}`,
        acknowledged_at: account.ownerId === null ? null : now,
        event_time: now,
        created_at: now,
      })
    })
  }
}
