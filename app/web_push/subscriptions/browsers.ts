import { createHash } from 'node:crypto'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import { because } from '#models/reasons'
import User from '#models/user'
import WebPushSubscription from '#models/web_push_subscription'
import { areUsable } from '#web_push/message/encrypted_message'
import { isPushService } from '#web_push/message/push_services'
import type { Subscription } from '#web_push/sending/push_client'

/** Browsers of one user; the oldest makes room. */
const MOST_BROWSERS = 10

/** What a browser is called, where that is known. */
interface Names {
  browser: string | null
  system: string | null
}

interface Subscribing extends Names {
  userId: number
  subscription: Subscription
  /** The public key of ours that the browser subscribed with. */
  serverKey: string
}

/** The browsers in which a user is told of events, the newest first. */
export function browsersOf(userId: number): Promise<WebPushSubscription[]> {
  return WebPushSubscription.query().where({ userId, status: 'active' }).orderBy('id', 'desc')
}

/**
 * Takes a browser as a way out of a user. Once more has no effect; one that was another user's is now
 * this one's.
 *
 * @param hosts push services that the operator allows beside the known ones
 * @throws Refusal `unknown_push_service`, `unusable_keys`
 */
export async function addBrowser(
  { userId, subscription, serverKey, ...names }: Subscribing,
  hosts: readonly string[],
  clock: Pick<Clock, 'now'>
): Promise<void> {
  const { endpoint, p256dh, auth } = subscription
  if (!isPushService(endpoint, hosts)) {
    throw new Refusal(
      'invalid',
      'unknown_push_service',
      'The push service of this browser is not known',
      { field: 'endpoint' }
    )
  }
  if (!areUsable({ p256dh, auth })) {
    throw new Refusal('invalid', 'unusable_keys', 'The keys of the browser cannot be used', {
      field: 'keys',
    })
  }
  const now = clock.now()
  await writeTransaction(async (client) => {
    // Two requests at once wait for each other here.
    await User.query({ client }).where('id', userId).update({ id: userId })
    const endpointHash = hashOf(endpoint)
    const known = await WebPushSubscription.query({ client })
      .where({ endpointHash, status: 'active' })
      .first()
    if (known?.userId === userId && known.auth === auth && known.serverKey === serverKey) return

    await known?.merge(ended('bound_again', now)).save()
    await WebPushSubscription.create(
      {
        userId,
        endpoint,
        endpointHash,
        publicKey: p256dh,
        auth,
        serverKey,
        ...names,
        status: 'active',
        boundAt: now,
        createdAt: now,
        updatedAt: now,
      },
      { client }
    )
    const browsers = await WebPushSubscription.query({ client })
      .where({ userId, status: 'active' })
      .orderBy('id', 'desc')
    for (const oldest of browsers.slice(MOST_BROWSERS)) {
      await oldest.merge(ended('bound_again', now)).save()
    }
  })
}

/** Ends one of a user's browsers; false when he has no such one. */
export async function removeBrowser(
  userId: number,
  which: { id: number } | { endpoint: string },
  clock: Pick<Clock, 'now'>
): Promise<boolean> {
  const found = 'id' in which ? which : { endpointHash: hashOf(which.endpoint) }
  const changed = await WebPushSubscription.query()
    .where({ ...found, userId, status: 'active' })
    .update(ended('by_owner', clock.now()))
  return Number(changed) > 0
}

/** Ends all that subscribed with another key of ours: their push services would refuse each message. */
export async function retireOthersThan(serverKey: string, clock: Pick<Clock, 'now'>) {
  const now = clock.now()
  await WebPushSubscription.query()
    .where('status', 'active')
    .whereNot('serverKey', serverKey)
    .update({ status: 'retired', ...because('gone'), endedAt: now, updatedAt: now })
}

function ended(reason: 'bound_again' | 'by_owner', now: number) {
  return { status: 'inactive' as const, reason, endedAt: now, updatedAt: now }
}

function hashOf(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('hex')
}
