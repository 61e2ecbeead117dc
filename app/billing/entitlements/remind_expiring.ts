import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/insert_rows'
import { minuteText } from '#foundation/minute_text'
import { writeTransaction } from '#foundation/write_transaction'
import type { PushAlertKind } from '#models/push_alert'
import type { PlanTerms } from '#billing/plans/plan_terms'

const KIND: PushAlertKind = 'plan.ending'

const TABLE: WrittenTable = {
  name: 'push_alerts',
  columns: {
    owner_id: 'bigint',
    kind: 'text',
    since: 'bigint',
    ends_at: 'bigint',
    message: 'text',
    event_time: 'bigint',
    created_at: 'bigint',
  },
}

interface Reminding {
  terms: Pick<PlanTerms, 'remindBeforeMs'>
  clock: Clock
}

interface EndingPlan {
  user_id: number | string
  ends_at: number | string
  wallet_address: string
}

/**
 * Raises an alert for everybody whose plan ends soon, once for each end: a plan that is prolonged
 * afterwards has another one. The key of the table says who was reminded, so a process that is
 * killed here, and two at once, remind nobody twice.
 *
 * @returns how many are new
 */
export async function remindExpiring({ terms, clock }: Reminding): Promise<number> {
  const now = clock.now()
  const ending = await notReminded(now, now + terms.remindBeforeMs)
  if (ending.length === 0) return 0

  const alerts = ending.map(({ user_id: owner, ends_at: end, wallet_address: wallet }) => {
    const endsAt = Number(end)
    return {
      owner_id: Number(owner),
      kind: KIND,
      since: endsAt - terms.remindBeforeMs,
      ends_at: endsAt,
      message: `The plan of ${wallet} ends at ${minuteText(endsAt)} UTC. Renew it at /renew`,
      event_time: now,
      created_at: now,
    }
  })
  return writeTransaction((trx) => insertRows(trx, TABLE, alerts))
}

/** Whoever has deleted his account has no wallet any more, and is not told. */
function notReminded(after: number, until: number): Promise<EndingPlan[]> {
  return db
    .from('entitlements')
    .join('users', 'users.id', 'entitlements.user_id')
    .where('entitlements.ends_at', '>', after)
    .where('entitlements.ends_at', '<=', until)
    .whereLike('users.wallet_address', '0x%')
    .whereNotExists((reminded) =>
      reminded
        .from('push_alerts')
        .whereColumn('push_alerts.owner_id', 'entitlements.user_id')
        .whereColumn('push_alerts.ends_at', 'entitlements.ends_at')
        .select('push_alerts.id')
    )
    .select('entitlements.user_id', 'entitlements.ends_at', 'users.wallet_address')
}
