import { takePicked } from '#delivery/queue/claim_statement'
import type { Claim, ClaimRequest, Statement } from '#delivery/queue/claim_statement'
import { inJobClass } from '#delivery/queue/job'
import type { JobClass } from '#delivery/queue/job'

/**
 * Takes due jobs of one target that keeps the order of each token. A job waits for every earlier
 * one of its token that is under way, or that was tried and is to be tried again. Retries that are
 * due together may be taken together, the oldest first. What is replayed keeps its own order in
 * the same way, and does not hold up what is new until it is under way.
 *
 * Right only if no other process takes jobs of this target at the same time.
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
  const limitOf = (jobClass: JobClass) =>
    requests.find((request) => request.jobClass === jobClass)?.limit ?? 0

  return {
    sql: `with ${waiting('retry')}, ${waiting('replay')},
      under_way as materialized (
        select id, coalesce(token_address, '') as token from notification_jobs
        where status = 'sending' and channel = ? and target_id = ?),
      ${held('retry')}, ${held('replay')},
      held_first as materialized (
        select token, min(id) as id from (
          select token, id from under_way union all select token, id from retry) as early
        group by token),
      picked as materialized (
        ${due('retry')} union all ${due('replay')} union all
        select * from (
          select job.id from notification_jobs as job
          left join held_first as held on held.token = coalesce(job.token_address, '')
          where ${inJobClass.first} and channel = ? and target_id = ? and next_attempt_at <= ?
            and (held.id is null or held.id > job.id)
          order by next_attempt_at, job.id limit ?) as due_first)
      ${takePicked(dialect)}`,
    bindings: [
      ...[channel, targetId, channel, targetId, channel, targetId],
      ...[now, now],
      ...[now, limitOf('retry'), now, limitOf('replay')],
      ...[channel, targetId, now, limitOf('first')],
      ...[owner, leaseUntil],
    ],
  }
}

type Again = Exclude<JobClass, 'first'>

/** All that waits in a class, due or not. */
function waiting(jobClass: Again): string {
  return `${jobClass} as materialized (
    select id, coalesce(token_address, '') as token, next_attempt_at from notification_jobs
    where ${inJobClass[jobClass]} and channel = ? and target_id = ?)`
}

/** The first job of each token that holds up those of its class behind it. */
function held(jobClass: Again): string {
  return `held_${jobClass} as materialized (
    select token, min(id) as id from (
      select token, id from under_way
      union all select token, id from ${jobClass} where next_attempt_at > ?) as early
    group by token)`
}

function due(jobClass: Again): string {
  return `select * from (
    select job.id from ${jobClass} as job left join held_${jobClass} as held on held.token = job.token
    where next_attempt_at <= ? and (held.id is null or held.id > job.id)
    order by job.id limit ?) as due_${jobClass}`
}
