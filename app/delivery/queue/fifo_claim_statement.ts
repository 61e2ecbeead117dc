import { takePicked } from '#delivery/queue/claim_statement'
import type { Claim, ClaimRequest, Statement } from '#delivery/queue/claim_statement'
import { inStage } from '#delivery/queue/job'
import type { Stage } from '#delivery/queue/job'

/**
 * Takes due jobs of one target that keeps the order of each token. A job waits for every earlier
 * one of its token that is under way, or that was tried and is to be tried again. Retries that are
 * due together may be taken together, the oldest first. What is replayed keeps its own order in
 * the same way, and does not hold up what is new until it is under way.
 *
 * Right only if nobody else takes jobs of this target at the same time.
 *
 * @param requests all for the same target
 */
export function fifoClaimStatement(
  dialect: string,
  claim: Claim,
  requests: readonly ClaimRequest[]
): Statement {
  const { channel, owner, leaseUntil, now } = claim
  const targetId = requests[0]!.targetId
  const limitOf = (stage: Stage) => requests.find((request) => request.stage === stage)?.limit ?? 0

  return {
    sql: `with ${waiting('tried')}, ${waiting('replayed')},
      under_way as materialized (
        select id, coalesce(token_address, '') as token from notification_jobs
        where status = 'sending' and channel = ? and target_id = ?),
      ${held('tried')}, ${held('replayed')},
      held_new as materialized (
        select token, min(id) as id from (
          select token, id from under_way union all select token, id from tried) as early
        group by token),
      picked as materialized (
        ${due('tried')} union all ${due('replayed')} union all
        select * from (
          select job.id from notification_jobs as job
          left join held_new as held on held.token = coalesce(job.token_address, '')
          where ${inStage.new} and channel = ? and target_id = ? and next_attempt_at <= ?
            and (held.id is null or held.id > job.id)
          order by next_attempt_at, job.id limit ?) as due_new)
      ${takePicked(dialect)}`,
    bindings: [
      ...[channel, targetId, channel, targetId, channel, targetId],
      ...[now, now],
      ...[now, limitOf('tried'), now, limitOf('replayed')],
      ...[channel, targetId, now, limitOf('new')],
      ...[owner, leaseUntil],
    ],
  }
}

type Again = Exclude<Stage, 'new'>

/** All that waits in a stage, due or not. */
function waiting(stage: Again): string {
  return `${stage} as materialized (
    select id, coalesce(token_address, '') as token, next_attempt_at from notification_jobs
    where ${inStage[stage]} and channel = ? and target_id = ?)`
}

/** The first job of each token that holds up those of its stage behind it. */
function held(stage: Again): string {
  return `held_${stage} as materialized (
    select token, min(id) as id from (
      select token, id from under_way
      union all select token, id from ${stage} where next_attempt_at > ?) as early
    group by token)`
}

function due(stage: Again): string {
  return `select * from (
    select job.id from ${stage} as job left join held_${stage} as held on held.token = job.token
    where next_attempt_at <= ? and (held.id is null or held.id > job.id)
    order by job.id limit ?) as due_${stage}`
}
