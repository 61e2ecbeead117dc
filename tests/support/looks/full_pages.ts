import { parseEther } from 'viem'
import { watchTron } from '#accounts/tron_accounts'
import { changePreferences } from '#chat/preferences/preferences'
import { watch } from '#chat/preferences/watches'
import { systemClock } from '#foundation/clock'
import DeliveryAttempt from '#models/delivery_attempt'
import Entitlement from '#models/entitlement'
import NotificationJob from '#models/notification_job'
import Replay from '#models/replay'
import type User from '#models/user'
import WebPushSubscription from '#models/web_push_subscription'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { because, FAILURES, HOLDS, NO_CAUSE } from '#models/reasons'
import { authorized } from '#tests/support/api_token'
import { storeEndpoint } from '#tests/support/delivery'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { storeFullTronAccount } from '#tests/support/looks/tron_pages'
import { TRON } from '#tests/support/tron_records'
import { storeBinding, storeHeld } from '#tests/support/wechat_bindings'

const MINUTE_MS = 60_000

/** A delivery in each of its states, to an endpoint; answers the last. */
async function storeJobs(endpointId: number) {
  const launch = await storeLaunch()
  const jobs = await NotificationJob.createMany(
    JOB_STATES.map((status, index) => ({
      channel: 'webhook',
      targetId: endpointId,
      factType: 'launch' as const,
      factId: launch + index,
      eventType: 'launch.graduated',
      eventId: `evt_${index}`,
      tokenAddress: someAddress(),
      priority: 0,
      status,
      attempts: index,
      nextAttemptAt: Date.now(),
      createdAt: Date.now() - index * MINUTE_MS,
      sentAt: status === 'sent' ? Date.now() : null,
      ...(status === 'sent' ? NO_CAUSE : because(FAILURES[index]!, 'getaddrinfo ENOTFOUND')),
      fence: 0,
    }))
  )
  return jobs.at(-1)!
}

/** Endpoints that do well, fail and are out of service, and a delivery that failed in every way. */
export async function storeDeliveries() {
  const endpoint = await storeEndpoint('https://hooks.example.com/a/long/path/to/regou/events', {
    description: '行情机器人，找小王',
    failingSince: Date.now() - 90 * MINUTE_MS,
  })
  await storeEndpoint('https://second.example.com/hooks')
  await storeEndpoint('https://gone.example.com/hooks', {
    state: 'disabled',
    ...because('dns'),
    failedSince: Date.parse('2026-01-01T00:00:00.000Z'),
  })

  const delivery = await storeJobs(endpoint.id)
  await DeliveryAttempt.createMany(
    FAILURES.map((kind, index) => ({
      jobId: delivery.id,
      channel: 'webhook',
      targetId: endpoint.id,
      attempt: index + 1,
      startedAt: Date.now() - (FAILURES.length - index) * MINUTE_MS,
      durationMs: 40 * 2 ** index,
      outcome: 'failed',
      httpStatus: kind === 'status' ? 503 : null,
      responseHead: kind === 'status' ? '{"error":"服务暂时不可用"}' : null,
      ...because(kind, 'a detail of it'),
    }))
  )
  await Replay.create({
    endpointId: endpoint.id,
    kind: 'history',
    state: 'running',
    again: false,
    since: Date.now() - 60 * MINUTE_MS,
    until: Date.now(),
    reachedAt: Date.now() - 20 * MINUTE_MS,
    nextStepAt: 0,
    position: {},
    added: 1200,
    revived: 34,
    createdAt: Date.now(),
  })
  return { endpoint: endpoint.id, delivery: delivery.id }
}

/** A WeChat with its messages used up, launches held for each reason, and a test as well. */
export async function storeOutlook(user: User) {
  const wrote = { lastInboundAt: Date.now() - 90 * MINUTE_MS, inboundSeq: 1, sendsSinceInbound: 10 }
  const columns = { userId: user.id, boundAt: Date.now(), testAskedAt: Date.now(), ...wrote }
  const binding = await storeBinding(columns)
  await storeHeld(binding.id, HOLDS)
  return binding
}

/** Gives a user a plan that ends today, unless the columns say otherwise. */
export function givePlan(user: User, columns: Partial<Entitlement> = {}) {
  const endsAt = Date.now() + 600 * MINUTE_MS
  const plan = { plan: 'monthly' as const, endsAt, credit: parseEther('0.00042'), updatedAt: 0 }
  return Entitlement.updateOrCreate({ userId: user.id }, { ...plan, ...columns })
}

/** Fills the user center of a user who has endpoints. */
export async function fillAccount(user: User) {
  const endpoint = await storeEndpoint('https://hooks.example.com/regou', { ownerId: user.id })
  await storeEndpoint('https://gone.example.com/hooks', {
    ownerId: user.id,
    state: 'disabled',
    ...because('gone'),
  })
  await authorized(['webhooks:read', 'webhooks:write'], user)
  await watch(user.id, someAddress(), systemClock)
  const account = { address: await storeFullTronAccount(), label: 'Pool 1' }
  await watchTron({ ownerId: user.id, chainId: TRON }, account, systemClock)
  await changePreferences(
    user.id,
    () => ({
      switches: { 'four.created': 'name:pepe,doge quote:usdt' },
      quietFrom: 1380,
      quietUntil: 450,
    }),
    systemClock
  )
  const job = await storeJobs(endpoint.id)
  await NotificationJob.query().where('target_id', job.targetId).update({ user_id: user.id })
}

/** A browser in which the user is told while no page is open. */
export async function storeToldBrowser(userId: number, { publicKey }: { publicKey: string }) {
  const now = systemClock.now()
  await WebPushSubscription.create({
    userId,
    endpoint: 'https://fcm.googleapis.com/fcm/send/a',
    endpointHash: 'a',
    publicKey: 'a',
    auth: 'a',
    serverKey: publicKey,
    browser: 'Samsung Internet',
    system: 'Android',
    status: 'active',
    boundAt: now,
    createdAt: now,
    updatedAt: now,
  })
}
