import db from '@adonisjs/lucid/services/db'
import WebhookEndpoint from '#models/webhook_endpoint'
import { launchRow } from '#benchmarks/deliver/launch_row'
import { SECRET } from '#benchmarks/deliver/signed_request'

const ROWS_AT_ONCE = 500

/**
 * Stores endpoints, and launches that are planned for all that there are; answers how many jobs that
 * makes.
 *
 * @param columns what all of the launches hold
 */
export async function fill(facts: number, endpoints: number, columns: object = {}) {
  for (let serial = 0; serial < endpoints; serial++) {
    await storeEndpoint(`${process.env.BENCH_RECEIVER}/${serial}`)
  }
  for (let first = 1; first <= facts; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, facts - first + 1)
    const rows = Array.from({ length: count }, (_, index) => ({
      ...launchRow(first + index),
      ...columns,
      planned_at: Date.now(),
    }))
    await db.table('launch_events').multiInsert(rows)
  }
  await plan()
  if (db.connection().dialect.name === 'postgres') {
    // As autovacuum does within a minute: without statistics it plans for empty tables.
    await db.rawQuery('analyze')
  }
  return { jobs: facts * endpoints }
}

/** An endpoint that takes 64 requests at once, as every contender here makes. */
export function storeEndpoint(url: string, settings: object = {}) {
  return WebhookEndpoint.create({
    url,
    origin: 'table',
    secrets: [{ value: SECRET, expiresAt: null }],
    eventTypes: ['*'],
    concurrency: Number(process.env.BENCH_CONCURRENCY),
    batchSize: 1,
    timeoutMs: 5000,
    state: 'active',
    createdAt: 0,
    updatedAt: 0,
    ...settings,
  })
}

async function plan() {
  await db.rawQuery(
    `insert into notification_jobs (channel, target_id, fact_type, fact_id, event_type, event_id,
       token_address, priority, status, next_attempt_at, created_at)
     select 'webhook', endpoint.id, 'launch', fact.id, 'launch.created', 'evt_' || fact.id,
       fact.token_address, 0, 'pending', fact.planned_at, fact.planned_at
     from launch_events as fact cross join webhook_endpoints as endpoint`
  )
}
