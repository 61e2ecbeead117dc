import { takePicked } from '#delivery/claim_statement'
import type { Claim, ClaimRequest, Statement } from '#delivery/claim_statement'
import { inStage } from '#delivery/stage'
import type { Stage } from '#delivery/stage'

/**
 * Takes due jobs of one target that keeps the order of each token. A job waits for every earlier
 * one of its token that is under way, or that was tried and is to be tried again. Retries that are
 * due together may be taken together, the oldest first.
 *
 * Right only if nobody else takes jobs of this target at the same time.
 *
 * @param requests all for the same target
 */
export function fifoClaimStatement(claim: Claim, requests: readonly ClaimRequest[]): Statement {
  const { channel, owner, leaseUntil, now } = claim
  const targetId = requests[0]!.targetId
  const limitOf = (stage: Stage) => requests.find((request) => request.stage === stage)?.limit ?? 0

  return {
    sql: `with tried as materialized (
        select id, coalesce(token_address, '') as token, next_attempt_at from notification_jobs
        where ${inStage.tried} and channel = ? and target_id = ?),
      under_way as materialized (
        select id, coalesce(token_address, '') as token from notification_jobs
        where status = 'sending' and channel = ? and target_id = ?),
      held_tried as materialized (
        select token, min(id) as id from (
          select token, id from under_way
          union all select token, id from tried where next_attempt_at > ?) as early
        group by token),
      held_new as materialized (
        select token, min(id) as id from (
          select token, id from under_way union all select token, id from tried) as early
        group by token),
      picked as materialized (
        select * from (
          select job.id from tried as job left join held_tried as held on held.token = job.token
          where next_attempt_at <= ? and (held.id is null or held.id > job.id)
          order by job.id limit ?) as due_tried
        union all
        select * from (
          select job.id from notification_jobs as job
          left join held_new as held on held.token = coalesce(job.token_address, '')
          where ${inStage.new} and channel = ? and target_id = ? and next_attempt_at <= ?
            and (held.id is null or held.id > job.id)
          order by next_attempt_at, job.id limit ?) as due_new)
      ${takePicked}`,
    bindings: [
      ...[channel, targetId, channel, targetId, now],
      ...[now, limitOf('tried')],
      ...[channel, targetId, now, limitOf('new')],
      ...[owner, leaseUntil],
    ],
  }
}
