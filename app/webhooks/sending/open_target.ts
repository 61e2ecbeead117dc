import type WebhookEndpoint from '#models/webhook_endpoint'
import type { Target } from '#delivery/channel'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import { EndpointTarget } from '#webhooks/sending/endpoint_target'
import type { HttpSender } from '#webhooks/sending/http_sender'
import { RobotTarget } from '#webhooks/sending/robot_target'

/**
 * An endpoint as what it is: a program that takes our JSON, or the robot of a group.
 *
 * @throws when its URL, a secret, a header or its template cannot be used
 */
export function openTarget(
  endpoint: WebhookEndpoint,
  defaultRetry: RetryPolicy,
  httpSender: HttpSender,
  userAgent: string
): Target {
  const Opened = endpoint.format === 'json' ? EndpointTarget : RobotTarget
  return new Opened(endpoint, defaultRetry, httpSender, userAgent)
}
