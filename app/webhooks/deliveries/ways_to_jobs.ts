import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { usualBounds } from '#foundation/walk/way'
import type { Condition, Stream, Way } from '#foundation/walk/way'
import { UNSENT } from '#models/notification_job'
import type { JobStatus } from '#models/notification_job'
import type { DeliveryFilters } from '#webhooks/deliveries/delivery_filters'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { allFactTypes, factTypes, removalOf } from '#facts/registry'
import type { Announcement, FactType } from '#facts/registry'

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

/** The key of a job: the fact it tells of, and whom. */
const KEY = 'notification_jobs_fact_type_fact_id_channel_target_id_unique'

/**
 * To the jobs of a token by way of its facts, which have an index of it; one of the jobs would halve
 * the speed at which these are planned. Null for a token that has too many facts.
 */
async function wayOfToken(
  client: QueryClientContract,
  token: string,
  endpoints: readonly number[] | null
): Promise<Way | null> {
  const types = allFactTypes().filter((type) => factTypes[type].columns.includes('token_address'))
  if ((await countFacts(client, types, token)) > usualBounds.index) {
    return null
  }
  const streams = types.map((type): Stream => {
    const facts = `select id from ${factTypes[type].table} where token_address = ?`
    const sql = `${ofTypes([type, removalOf(type)])} and fact_id in (${facts})`
    return endpoints
      ? {
          index: KEY,
          where: {
            sql: `${sql} and channel = 'webhook' and target_id in ${jsonIds(client)}`,
            bindings: [token, JSON.stringify(endpoints)],
          },
        }
      : { index: KEY, where: { sql, bindings: [token] } }
  })
  return { order: 'none', streams }
}

/** To the jobs of a type of event, by way of the kind of fact: of use where there are few of that. */
function wayOfEventType(eventType: string): Way | null {
  const meant = allFactTypes().flatMap((type): Announcement[] => {
    const events = factTypes[type].eventTypes.map((event) => event.eventType)
    const isRemoval = events.some((event) => `${event}.removed` === eventType)
    return events.includes(eventType) ? [type] : isRemoval ? [removalOf(type)] : []
  })
  const where = { sql: ofTypes(meant), bindings: [] }
  return meant.length === 0 ? null : { order: 'none', streams: [{ index: KEY, where }] }
}

function ofTypes(announcements: readonly Announcement[]): string {
  return `fact_type in (${announcements.map((name) => `'${name}'`).join(', ')})`
}

/** How many facts a token has, as far as it matters. */
async function countFacts(
  client: QueryClientContract,
  types: readonly FactType[],
  token: string
): Promise<number> {
  const parts = types.map(
    (type) =>
      `select * from (select 1 as one from ${factTypes[type].table}
       where token_address = ? limit ${usualBounds.index + 1}) as part`
  )
  const [counted] = await rowsOf<{ total: number | string }>(
    client,
    `select count(*) as total from (${parts.join(' union all ')}) as facts`,
    types.map(() => token)
  )
  return Number(counted!.total)
}
