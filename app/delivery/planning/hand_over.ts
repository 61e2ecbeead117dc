import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { UNSENT } from '#models/notification_job'
import { because, quoted } from '#models/reasons'
import { eventTypeOf, factTypeOf, factTypes, isRemoval } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { Announcement } from '#facts/registry'
import { filteredEvent } from '#delivery/expressions/checked'
import type { Judge } from '#delivery/expressions/filter_answers'
import { FULLY_ELIGIBLE } from '#delivery/eligibility'
import { audience } from '#delivery/planning/audience'
import { isBefore } from '#delivery/planning/once_in_all'
import { insertJobs, type PlannedJob } from '#delivery/planning/planned_job'
import { targetKey, type Subscriber } from '#delivery/subscriber'

/** Jobs that are looked at in one transaction. */
const AT_ONCE = 200

/** A pause that is over sooner is waited for, in milliseconds. */
const SHORT_PAUSE_MS = 60_000

/**
 * Finds jobs whose way out is full or closed, and of which no message may have told. Where the user
 * wants to be left alone, no other way is right either.
 */
const STUCK = `${UNSENT} and status = 'held' and message_id is null
  and (reason in (${quoted('first_message', 'window', 'quota', 'unbound')})
    or (reason = 'throttled' and next_attempt_at > ?))`

type HeldJob = PlannedJob & { id: number | string; fact_type: Announcement }

/** Whether there may be something to hand over: asked before a transaction is opened. */
export async function hasStuck(now: number): Promise<boolean> {
  const found = await rowsOf(
    db.connection(),
    `select id from notification_jobs where ${STUCK} and user_id is not null limit 1`,
    [now + SHORT_PAUSE_MS]
  )
  return found.length > 0
}

/**
 * Hands jobs of users who want each fact told once from a way out that is full or closed to the next one
 * that wants the fact, in the transaction that ends the first job: it is told once. Where there is no
 * next way it waits on.
 *
 * @returns how many were handed over
 */
export async function handOver(
  trx: TransactionClientContract,
  subscribers: readonly Subscriber[],
  judge: Judge,
  now: number
): Promise<number> {
  const ranked = subscribers.filter(({ rank }) => rank !== undefined)
  const owners = [...new Set(ranked.flatMap(({ ownerId }) => ownerId ?? []))]
  if (owners.length === 0) {
    return 0
  }
  const stuck = (await trx
    .from('notification_jobs')
    .whereRaw(STUCK, [now + SHORT_PAUSE_MS])
    .whereIn('user_id', owners)
    .orderBy('id')
    .limit(AT_ONCE)) as HeldJob[]

  const next: PlannedJob[] = []
  for (const job of stuck) {
    const to = await nextWay(trx, job, ranked, judge)
    if (to && (await endHeld(trx, job))) {
      next.push({ ...job, ...handedTo(to), next_attempt_at: now, created_at: now })
    }
  }
  await insertJobs(trx, next)
  return next.length
}

function handedTo({ channel, id }: Subscriber) {
  const fresh = { status: 'pending', reason: null, detail: null }
  return { channel, target_id: id, ...fresh }
}

/** False when its way has opened meanwhile. */
async function endHeld(trx: TransactionClientContract, { id }: HeldJob): Promise<boolean> {
  const ended = await trx
    .from('notification_jobs')
    .where({ id, status: 'held' })
    .update({ status: 'skipped', ...because('told_elsewhere') })
  return Number(ended) === 1
}

/** The first way behind the one that is stuck that wants the fact; it was the user's to be told of. */
async function nextWay(
  trx: TransactionClientContract,
  { channel, target_id: targetId, user_id: userId, fact_type: announcement, fact_id: id }: HeldJob,
  ranked: readonly Subscriber[],
  judge: Judge
): Promise<Subscriber | undefined> {
  const own = ranked.filter(({ ownerId }) => ownerId === Number(userId))
  const stuck = targetKey({ channel: String(channel), id: Number(targetId) })
  const from = own.find((one) => targetKey(one) === stuck)
  const behind = own.filter((one) => targetKey(one) !== stuck && (!from || isBefore(from, one)))
  const fact = isRemoval(announcement) ? null : await readFact(trx, announcement, Number(id))
  if (!fact || behind.length === 0) {
    return undefined
  }
  const type = factTypeOf(announcement)
  const eventType = eventTypeOf(type, fact)
  const event = () => filteredEvent(type, fact, eventType, '')
  const wanting = audience(type, fact, eventType, behind, { eligibility: FULLY_ELIGIBLE, judge })
  const passing = wanting.filter(
    ({ filter }) => filter === null || judge(filter, { type, fact, event }) === null
  )
  return passing.reduce<Subscriber | undefined>(
    (first, one) => (isBefore(one, first) ? one : first),
    undefined
  )
}

function readFact(
  trx: TransactionClientContract,
  announcement: Announcement,
  id: number
): Promise<FactRow | null> {
  const { table, plannedColumns } = factTypes[factTypeOf(announcement)]
  return trx.from(table).where('id', id).select(plannedColumns).first()
}
