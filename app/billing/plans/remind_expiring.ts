import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import { minuteText } from '#foundation/text/figures'
import type { PlanAlertKind } from '#facts/push_alert'
import type { PlanTerms } from '#config/plans'

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

/** Which plans one kind of alert is about. Times are epoch milliseconds. */
interface Reminder {
  kind: PlanAlertKind
  /** Ends of plans later than this, and up to that. */
  after: number
  until: number
  /** How long before its end it is so, in milliseconds. */
  aheadMs: number
  word: 'ends' | 'ended'
}

/**
 * Raises an alert for each user whose plan ends soon, and one when it has ended, once for each end: a
 * plan that is prolonged afterwards has another one. The key of the table says who was reminded, so
 * no user is reminded twice by two processes at once, or after a process was killed here. An end
 * that is older than the time of a reminder is no news any more.
 *
 * @returns how many are new
 */
export async function remindExpiring({ terms, clock }: Reminding): Promise<number> {
  const now = clock.now()
  const { remindBeforeMs: ms } = terms
  const ending: Reminder = {
    kind: 'plan.ending',
    after: now,
    until: now + ms,
    aheadMs: ms,
    word: 'ends',
  }
  const ended: Reminder = {
    kind: 'plan.ended',
    after: now - ms,
    until: now,
    aheadMs: 0,
    word: 'ended',
  }
  return (await raise(ending, now)) + (await raise(ended, now))
}

async function raise(reminder: Reminder, now: number): Promise<number> {
  if (!(await notReminded(db.connection(), reminder).first())) return 0

  return writeTransaction(async (trx) => {
    const plans: EndingPlan[] = await notReminded(trx, reminder).forShare('users')
    const { kind, aheadMs, word } = reminder
    const alerts = plans.map(({ user_id: owner, ends_at: end, wallet_address: wallet }) => ({
      owner_id: Number(owner),
      kind,
      since: Number(end) - aheadMs,
      ends_at: Number(end),
      message: `The plan of ${wallet} ${word} at ${minuteText(Number(end))} UTC. Renew it at /renew`,
      event_time: now,
      created_at: now,
    }))
    return insertRows(trx, TABLE, alerts)
  })
}

/** The plans that end in this time. A user whose account is deleted has no wallet, and is not told. */
function notReminded(client: QueryClientContract, { kind, after, until }: Reminder) {
  return client
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
        .where('push_alerts.kind', kind)
        .select('push_alerts.id')
    )
    .select('entitlements.user_id', 'entitlements.ends_at', 'users.wallet_address')
}
