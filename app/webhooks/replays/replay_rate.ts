import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { inJobClass } from '#delivery/queue/job'

/** Replayed events that wait for one endpoint at most, so that a slow one gets no pile of them. */
const MOST_WAITING = 500

/** Events go in groups this many milliseconds apart: the sender is not woken for each. */
const GROUP_MS = 50

/** How long to wait before the next step where the rate does not say so, in milliseconds. */
const REST_MS = 50

/** The same where what was looked at held nothing to send. */
const SHORT_REST_MS = 5

interface Paced {
  /** Events in a second; null for as many as the endpoint takes. */
  ratePerSecond: number | null
}

/**
 * How many events a replay may release now: what a second allows, less what waits already. `now`
 * is in epoch milliseconds.
 */
export async function roomFor(
  client: QueryClientContract,
  { ratePerSecond, endpointId }: Paced & { endpointId: number },
  now: number
): Promise<number> {
  const most = Math.min(ratePerSecond ?? MOST_WAITING, MOST_WAITING)
  const waiting = await client
    .from('notification_jobs')
    .whereRaw(inJobClass.replay)
    .where({ channel: 'webhook', target_id: endpointId })
    .where('next_attempt_at', '<=', now)
    .limit(most)
    .select('id')
  return most - waiting.length
}

/** When the event of this number goes, counted from 0 and from `now`, in epoch milliseconds. */
export function dueTime({ ratePerSecond }: Paced, index: number, now: number): number {
  const wait = ratePerSecond === null ? 0 : (index / ratePerSecond) * 1000
  return now + Math.floor(wait / GROUP_MS) * GROUP_MS
}

/**
 * When the next step is due after one that might have released `limit` events and did so many, in
 * epoch milliseconds.
 */
export function nextStepAt(
  { ratePerSecond }: Paced,
  { released, limit }: { released: number; limit: number },
  now: number
): number {
  const used = ratePerSecond === null ? 0 : (released / ratePerSecond) * 1000
  const rest = released === 0 && limit > 0 ? SHORT_REST_MS : REST_MS
  return now + Math.max(rest, Math.ceil(used))
}
