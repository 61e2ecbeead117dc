import type NotificationJob from '#models/notification_job'
import { REMOVED } from '#delivery/planning/plan_removals'

/** Why a delivery does not go again. */
export const hindrances = {
  unknown_delivery: 'There is no such delivery',
  on_its_way: 'It waits to be sent, or is being sent, anyhow',
  already_sent: 'The endpoint has accepted it. Ask with "again": true to send it once more',
  endpoint_disabled: 'Its endpoint is disabled or deleted. Enable it first',
  needs_pro: 'The plan of its owner has ended. Renew it at /renew',
  event_removed: 'A reorg removed what it tells of',
} as const

export type Hindrance = keyof typeof hindrances

interface Circumstances {
  /** The endpoints that get events. */
  active: ReadonlySet<number>
  /** Those among them whose owners have no Pro. */
  lapsed: ReadonlySet<number>
  again: boolean
}

/** Why a delivery cannot go again, or null when it can. */
export function hindranceOf(
  job: NotificationJob | undefined,
  { active, lapsed, again }: Circumstances
): Hindrance | null {
  if (!job) {
    return 'unknown_delivery'
  }
  if (job.status === 'pending' || job.status === 'sending') {
    return 'on_its_way'
  }
  if (job.status === 'sent' && !again) {
    return 'already_sent'
  }
  if (job.lastError === REMOVED) {
    return 'event_removed'
  }
  if (!active.has(job.targetId)) {
    return 'endpoint_disabled'
  }
  return lapsed.has(job.targetId) ? 'needs_pro' : null
}
