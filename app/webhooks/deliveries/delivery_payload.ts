import type NotificationJob from '#models/notification_job'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { Payloads } from '#webhooks/sending/payloads'
import type { ClaimedJob } from '#delivery/queue/job'
import { loadFacts } from '#delivery/queue/job_queue'

/**
 * The message of a delivery as JSON, as its newest attempt says it; null when what it tells of is
 * not stored any more. Messages are not kept: another template makes another one.
 *
 * @param now epoch milliseconds of the attempt
 * @throws Error when the template cannot make anything of it
 */
export async function deliveryPayload(
  job: NotificationJob,
  template: WebhookEndpoint['template'],
  now: number
): Promise<string | null> {
  const [due] = await loadFacts([lastTry(job)])
  if (!due) {
    return null
  }
  const payloads = new Payloads({ batchSize: 1, template })
  const { texts, unfit } = await payloads.fill([due], now)
  if (unfit[0]) throw new Error(unfit[0].problem)
  return payloads.body(texts, now)
}

function lastTry(job: NotificationJob): ClaimedJob {
  return {
    id: job.id,
    targetId: job.targetId,
    factType: job.factType,
    factId: job.factId,
    eventType: job.eventType,
    eventId: job.eventId,
    tokenAddress: job.tokenAddress,
    priority: job.priority,
    attempts: Math.max(0, job.attempts - 1),
    expiresAt: job.expiresAt,
    fence: job.fence,
    leaseUntil: 0,
  }
}
