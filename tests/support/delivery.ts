import type { Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { getActiveTest } from '@japa/runner'
import LaunchEvent from '#models/launch_event'
import WebhookEndpoint from '#models/webhook_endpoint'
import { systemClock } from '#foundation/clock'
import type { Clock } from '#foundation/clock'
import type { BudgetLimits } from '#delivery/lanes/budget'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { hasUnplanned } from '#delivery/planning/unplanned_facts'
import { channels } from '#start/channels'
import { Planner } from '#delivery/planning/planner'
import type { ExpiryPolicy } from '#delivery/planning/plan_fact'
import { sendWebhooks } from '#webhooks/sending/send_webhooks'
import { RECEIVER_SECRET } from '#tests/support/receiver'

/**
 * An attempt that times out is made again, so a busy machine would deliver twice. Tests of timeouts
 * set a shorter one.
 */
const TIMEOUT_MS = 60_000

export const settings: DeliverySettings = {
  isEnabled: true,
  urls: [],
  secret: RECEIVER_SECRET,
  endpoint: { concurrency: 8, batchSize: 1, timeoutMs: TIMEOUT_MS },
  retry: { waits: [20], maxRetries: 3 },
  pause: { firstMs: 20, longestMs: 100 },
  caps: {},
  disableAfterMs: 5 * 86_400_000,
  expiry: NEVER_EXPIRES,
  retention: {
    settledMs: 36_500 * 86_400_000,
    undeliveredMs: 36_500 * 86_400_000,
    others: {},
  },
  pollMs: 100,
  stopWithinMs: 1000,
  allowedNetworks: ['127.0.0.0/8'],
  userAgent: 'regou-webhook/test',
}

/** Stores an endpoint that was there before every fact of tests/support/facts.ts. */
export function storeEndpoint(url: string, columns: Partial<WebhookEndpoint> = {}) {
  return WebhookEndpoint.create({
    url,
    origin: 'table',
    secrets: [{ value: RECEIVER_SECRET, expiresAt: null }],
    eventTypes: ['*'],
    concurrency: 8,
    batchSize: 1,
    timeoutMs: TIMEOUT_MS,
    state: 'active',
    createdAt: 0,
    updatedAt: 0,
    ...columns,
  })
}

/** Runs the sender inside the test, until the test ends or `stop` is called. */
export function startSender(
  overrides: Partial<DeliverySettings> = {},
  {
    log = logger,
    clock = systemClock,
    budget,
  }: { log?: Logger; clock?: Clock; budget?: BudgetLimits } = {}
) {
  const stopping = new AbortController()
  const running = sendWebhooks({ ...settings, ...overrides }, log, stopping.signal, {
    channels,
    clock,
    budget,
  })
  const stop = async () => {
    stopping.abort()
    await running
  }
  getActiveTest()?.cleanup(stop)
  return { stop, running }
}

/** Most often what is waited for is there at once; where a process starts first, asking costs. */
const ASKED_AGAIN_MS = { first: 5, growth: 1.2, longest: 100 }

/** Resolves when the query answers true; the test's own time limit ends a wait in vain. */
export async function until(isSo: () => Promise<boolean>) {
  let isOver = false
  let pause = ASKED_AGAIN_MS.first
  getActiveTest()?.cleanup(() => {
    isOver = true
  })
  while (!isOver && !(await isSo())) {
    await systemClock.sleep(pause)
    pause = Math.min(pause * ASKED_AGAIN_MS.growth, ASKED_AGAIN_MS.longest)
  }
}

/** A planner of all channels; without an expiry of its own nothing expires. */
export function newPlanner(clock: Clock = systemClock, expiry: ExpiryPolicy = NEVER_EXPIRES) {
  return new Planner(clock, expiry, channels)
}

export function jobs(columns: Record<string, unknown> = {}): Promise<Record<string, any>[]> {
  return db.from('notification_jobs').where(columns).orderBy('id') as any
}

export function attempts(): Promise<Record<string, any>[]> {
  return db.from('delivery_attempts').orderBy('id') as any
}

/** Says whether a launch has reached all endpoints that want it. */
export async function isSent(launchId: number): Promise<boolean> {
  const launch = await LaunchEvent.findOrFail(launchId)
  return launch.webhookSent
}

/** What became of a launch over webhooks, and whether it counts as sent. */
export async function sentAs(launchId: number): Promise<[outcome: string | null, sent: boolean]> {
  const { webhookOutcome, webhookSent } = await LaunchEvent.findOrFail(launchId)
  return [webhookOutcome, webhookSent]
}

/** Resolves when every stored fact is planned, and no job is pending or under way. */
export function allJobsDone() {
  return until(async () => {
    if (await hasUnplanned()) {
      return false
    }
    const all = () => db.from('notification_jobs')
    const open = await all().whereIn('status', ['pending', 'sending']).first()
    return !open && Boolean(await all().first())
  })
}
