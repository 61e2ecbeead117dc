import { writeTransaction } from '#foundation/db/transaction'
import type { Clock } from '#foundation/clock'
import type NotificationJob from '#models/notification_job'
import { visibleDeliveries } from '#webhooks/deliveries/find_delivery'
import { requeue, requeuedStates } from '#webhooks/replays/requeue'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readEligibility } from '#delivery/eligibility'

/** What became of deliveries that were to be sent again. */
export interface Replayed {
  replayed: number[]
  /** Those that were left as they are, and why. */
  left: { id: number; reason: NotReplayable }[]
}

interface Selection {
  ids: readonly number[]
  /** Also what was accepted already. */
  again: boolean
}

/**
 * Sends deliveries again, at once and under the ids they had: those of one owner (a user's id) or
 * of any (null). Doing it twice sends nothing twice, unless `again` asks for what was accepted.
 */
export function replayDeliveries(
  { ids, again }: Selection,
  owner: number | null,
  clock: Clock
): Promise<Replayed> {
  return writeTransaction(async (trx) => {
    const jobs = await visibleDeliveries(ids, owner).useTransaction(trx)
    const byId = new Map(jobs.map((job): [number, NotificationJob] => [job.id, job]))
    const now = clock.now()
    const endpoints = await activeEndpoints(trx, jobs, now)

    const judged = [...new Set(ids)].map((id) => {
      return { id, reason: whyNotReplayable(byId.get(id), { ...endpoints, again }) }
    })
    const replayed = judged.filter(({ reason }) => !reason).map(({ id }) => id)
    await requeue(
      trx,
      replayed.map((id) => ({ job_id: id, due_at: now })),
      requeuedStates({ again })
    )
    return {
      replayed,
      left: judged.flatMap(({ id, reason }) => (reason ? { id, reason } : [])),
    }
  })
}

/** Why a delivery is not sent again. */
export const notReplayable = {
  unknown_delivery: 'There is no such delivery',
  on_its_way: 'It waits to be sent, or is being sent, anyhow',
  already_sent: 'The endpoint has accepted it. Ask with "again": true to send it once more',
  endpoint_disabled: 'Its endpoint is disabled or deleted. Enable it first',
  needs_pro: 'The plan of its owner has ended. Renew it at /renew',
  event_removed: 'A reorg removed what it tells of',
} as const

export type NotReplayable = keyof typeof notReplayable

interface Circumstances {
  /** The endpoints that are active. */
  active: ReadonlySet<number>
  /** Those among them whose owners have no Pro. */
  lapsed: ReadonlySet<number>
  again: boolean
}

/** Null when the delivery can be sent again. */
function whyNotReplayable(
  job: NotificationJob | undefined,
  { active, lapsed, again }: Circumstances
): NotReplayable | null {
  if (!job) {
    return 'unknown_delivery'
  }
  if (job.status === 'pending' || job.status === 'sending') {
    return 'on_its_way'
  }
  if (job.status === 'sent' && !again) {
    return 'already_sent'
  }
  if (job.reason === 'event_removed') {
    return 'event_removed'
  }
  if (!active.has(job.targetId)) {
    return 'endpoint_disabled'
  }
  return lapsed.has(job.targetId) ? 'needs_pro' : null
}

interface Row {
  id: number | string
  owner_id: number | string | null
}

/**
 * The ids of those endpoints of deliveries that are active at this moment, and of those among them
 * whose owners have no Pro at `now` (epoch milliseconds).
 */
async function activeEndpoints(
  trx: TransactionClientContract,
  jobs: readonly NotificationJob[],
  now: number
): Promise<{ active: Set<number>; lapsed: Set<number> }> {
  const rows: Row[] = await trx
    .from('webhook_endpoints')
    .whereIn(
      'id',
      jobs.map((job) => job.targetId)
    )
    .where('state', 'active')
    .select('id', 'owner_id')

  const endpoints = rows.map(({ id, owner_id: owner }) => {
    return { id: Number(id), ownerId: owner === null ? null : Number(owner) }
  })
  const eligibility = await readEligibility(trx, endpoints, now)
  const lapsed = endpoints.filter((endpoint) => !eligibility.isPro(endpoint))
  return { active: idsOf(endpoints), lapsed: idsOf(lapsed) }
}

function idsOf(endpoints: readonly { id: number }[]): Set<number> {
  return new Set(endpoints.map(({ id }) => id))
}
