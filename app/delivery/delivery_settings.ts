import type { PausePolicy } from '#delivery/lanes/breaker'
import type { TypeCaps } from '#delivery/lanes/lane_order'
import type { ExpiryPolicy } from '#delivery/planning/plan_fact'
import type { RetentionPolicy } from '#delivery/retention'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'

/** What the environment says about sending; config/webhooks.ts reads it. Times are milliseconds. */
export interface DeliverySettings {
  isEnabled: boolean
  /** Receivers from the environment, all signed with `secret`. */
  urls: string[]
  secret: string | undefined
  endpoint: { concurrency: number; batchSize: number; timeoutMs: number }
  /** For endpoints without a schedule of their own. */
  retry: RetryPolicy
  /** How long an overloaded endpoint is left alone. */
  pause: PausePolicy
  /** Requests at once to one endpoint, by the type of event that they carry. */
  caps: TypeCaps
  /** After how long of only failures an endpoint is disabled. */
  disableAfterMs: number
  /** For endpoints without an expiry of their own. */
  expiry: ExpiryPolicy
  /** How long jobs and attempts are kept. */
  retention: RetentionPolicy
  pollMs: number
  /** How long requests under way may take to end after a stop; then they are cut. */
  stopWithinMs: number
  /** Private networks (CIDR) that may be sent to all the same. */
  allowedNetworks: string[]
  userAgent: string
}
