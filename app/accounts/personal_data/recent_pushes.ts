import NotificationJob from '#models/notification_job'
import type WebhookEndpoint from '#models/webhook_endpoint'

/** How many endpoints are read at most, the newest ones. */
const MOST_ENDPOINTS = 20

/**
 * The newest pushes to a user's endpoints, newest first. Each endpoint is asked for its own, which
 * an index answers; asking for all at once would sort everything they were ever sent.
 */
export async function recentPushes(
  endpoints: readonly WebhookEndpoint[],
  limit: number
): Promise<NotificationJob[]> {
  const newest = endpoints.toSorted((one, other) => other.id - one.id).slice(0, MOST_ENDPOINTS)
  const pushes = await Promise.all(
    newest.map(({ id }) =>
      NotificationJob.query()
        .where({ channel: 'webhook', target_id: id })
        .orderBy('id', 'desc')
        .limit(limit)
    )
  )
  return pushes
    .flat()
    .toSorted((one, other) => other.id - one.id)
    .slice(0, limit)
}
