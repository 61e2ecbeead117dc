import db from '@adonisjs/lucid/services/db'
import { countEndpoints, countUndelivered } from '#health/counts'
import { readThroughput } from '#health/throughput'
import { readBacklog, readOutbox } from '#health/waiting'
import type { MetricSet } from '#metrics/metric_set'

/** How far back the ways of pushes are looked at, in milliseconds. */
const LOOKBACK_MS = 3_600_000

/** What is planned, waits in lanes, and left by each channel, at `now` (epoch milliseconds). */
export async function addDeliveryMetrics(set: MetricSet, now: number) {
  const ageOf = (at: number | null) => (at === null ? 0 : Math.max(0, now - at) / 1000)

  const outbox = await readOutbox()
  set.gauge('regou_outbox_facts', 'Facts that wait for the planner.', [[{}, outbox.facts]])
  set.gauge('regou_outbox_age_seconds', 'For how long the oldest of them has waited.', [
    [{}, ageOf(outbox.oldest_at)],
  ])

  const backlog = await readBacklog()
  set.gauge('regou_jobs_waiting', 'Webhooks that wait, by why: new, tried, replayed, sending.', [
    [{ class: 'new' }, backlog.new],
    [{ class: 'tried' }, backlog.tried],
    [{ class: 'replayed' }, backlog.replayed],
    [{ class: 'sending' }, backlog.sending],
  ])
  set.gauge('regou_jobs_age_seconds', 'For how long the oldest that was never tried was due.', [
    [{}, ageOf(backlog.oldest_new_at)],
  ])
  const undelivered = Object.entries(await countUndelivered())
  set.gauge(
    'regou_jobs_undelivered',
    'Jobs on record that have not arrived, by their state.',
    undelivered.map(([state, jobs]) => [{ state }, jobs])
  )

  const attempts = await countAttempts()
  set.counter(
    'regou_delivery_attempts_total',
    'What became of pushes, by channel and outcome.',
    attempts.map(({ channel, outcome, count }) => [{ channel, outcome }, count])
  )
  set.counter(
    'regou_delivery_attempt_duration_seconds_total',
    'Time that these attempts took in all.',
    attempts.map(({ channel, outcome, seconds }) => [{ channel, outcome }, seconds])
  )

  const { p50_ms: p50, p95_ms: p95, ...pace } = await readThroughput(now, now - LOOKBACK_MS)
  set.gauge('regou_push_latency_seconds', 'From planned to accepted, of the newest webhooks.', [
    [{ quantile: '0.5' }, p50 === null ? null : p50 / 1000],
    [{ quantile: '0.95' }, p95 === null ? null : p95 / 1000],
  ])
  set.gauge('regou_pushes_per_minute', 'Webhooks that were accepted within the last minute.', [
    [{}, pace.per_minute],
  ])

  const { active, failing, disabled } = await countEndpoints()
  set.gauge('regou_endpoints', 'Endpoints by their state; failing ones are active as well.', [
    [{ state: 'active' }, active],
    [{ state: 'failing' }, failing],
    [{ state: 'disabled' }, disabled],
  ])
  set.gauge('regou_wechat_bindings', 'Bots in the WeChat of users, by their state.', [
    ...(await bindingsByState()),
  ])
}

interface Attempts {
  channel: string
  outcome: string
  count: number
  seconds: number
}

/** From the sums that are kept with every attempt: no attempt is read. */
async function countAttempts(): Promise<Attempts[]> {
  const rows = await db
    .from('delivery_stats')
    .groupBy('channel', 'outcome')
    .select('channel', 'outcome')
    .sum({ attempts: 'attempts', total_ms: 'total_ms' })
  return rows.map(({ channel, outcome, attempts, total_ms: totalMs }) => ({
    channel,
    outcome,
    count: Number(attempts),
    seconds: Number(totalMs) / 1000,
  }))
}

async function bindingsByState() {
  const rows: { status: string; bindings: number | string }[] = await db
    .from('wechat_bot_bindings')
    .groupBy('status')
    .select('status')
    .count('* as bindings')
  return rows.map(({ status, bindings }) => [{ state: status }, Number(bindings)] as const)
}
