import { UNSENT } from '#models/notification_job'
import { inJobClass } from '#delivery/queue/job'
import { takePicked } from '#delivery/queue/claim_statement'
import type { Claim, Statement } from '#delivery/queue/claim_statement'

/** All that waits for one target, due or held: one request takes it, so no class has slots of its own. */
const CLASSES = [inJobClass.first, inJobClass.retry, `${UNSENT} and status = 'held'`]

/** One UPDATE that takes the newest of all that waits for a target, up to `limit` jobs. */
export function togetherClaimStatement(
  dialect: string,
  { channel, owner, leaseUntil }: Claim,
  { targetId, limit }: { targetId: number; limit: number }
): Statement {
  const picks = CLASSES.map(
    (condition) =>
      `select id from notification_jobs where ${condition} and channel = ? and target_id = ?`
  )
  const lock = dialect === 'postgres' ? 'for update skip locked' : ''

  return {
    sql: `with waiting as materialized (${picks.join(' union all ')}),
      picked as materialized (
        select id from notification_jobs where id in (select id from waiting)
        order by id desc limit ? ${lock})
      ${takePicked(dialect, ['pending', 'held'])}`,
    bindings: [...CLASSES.flatMap(() => [channel, targetId]), limit, owner, leaseUntil],
  }
}
