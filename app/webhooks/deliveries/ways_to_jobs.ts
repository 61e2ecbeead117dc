import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Condition, Stream, Way } from '#foundation/walk/way'
import { UNSENT } from '#models/notification_job'
import type { JobStatus } from '#models/notification_job'
import type { DeliveryFilters } from '#webhooks/deliveries/search_deliveries'
import { wayOfEventType, wayOfToken } from '#webhooks/deliveries/ways_of_facts'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'

/** Endpoints that are looked through one by one; beyond that all jobs are. */
const MOST_ENDPOINTS = 100

/** The indexes that lead to the jobs of a search, each to all of them. `endpoints`: null for all. */
export async function waysToJobs(
  client: QueryClientContract,
  filters: DeliveryFilters,
  endpoints: readonly number[] | null
): Promise<Way[]> {
  const { state, token_address: token, event_type: eventType } = filters
  const targets = endpoints && endpoints.length <= MOST_ENDPOINTS ? endpoints : null

  const ways: (Way | null)[] = [
    targets && wayOfEndpoints(targets),
    state === undefined ? null : wayOfState(state, targets),
    eventType === undefined ? null : wayOfEventType(eventType),
    token === undefined ? null : await wayOfToken(client, token, endpoints),
  ]
  return ways.filter((way) => way !== null)
}

function wayOfEndpoints(targets: readonly number[]): Way {
  return {
    order: 'ids',
    streams: targets.map((target) => ({
      index: 'notification_jobs_target',
      where: { sql: 'target_id = ?', bindings: [target] },
    })),
  }
}

/** There is no index of what was sent: most jobs are. */
function wayOfState(state: JobStatus, targets: readonly number[] | null): Way | null {
  switch (state) {
    case 'sent':
      return null
    case 'pending':
      return {
        order: 'none',
        streams: JOB_CLASSES.flatMap((jobClass) => waiting(jobClass, targets)),
      }
    case 'sending':
      return {
        order: 'none',
        streams: [
          { index: 'notification_jobs_leased', where: { sql: `status = 'sending'`, bindings: [] } },
        ],
      }
    default:
      return { order: 'ids', streams: unsent(state, targets) }
  }
}

function waiting(
  jobClass: (typeof JOB_CLASSES)[number],
  targets: readonly number[] | null
): Stream[] {
  const index = `notification_jobs_${jobClass}`
  const narrowed = `${inJobClass[jobClass]} and channel = 'webhook'`
  return ofEach(targets, narrowed, 'target_id = ?').map((where) => ({ index, where }))
}

/** Conditions are written as in the indexes, which only then are used. */
function unsent(state: JobStatus, targets: readonly number[] | null): Stream[] {
  const index = targets ? 'notification_jobs_unsent_target' : 'notification_jobs_unsent'
  return ofEach(targets, `${UNSENT} and status = '${state}'`, 'target_id = ?').map((where) => ({
    index,
    where,
  }))
}

function ofEach(targets: readonly number[] | null, all: string, one: string): Condition[] {
  return targets
    ? targets.map((target) => ({ sql: `${all} and ${one}`, bindings: [target] }))
    : [{ sql: all, bindings: [] }]
}
