import type { Cause, EndpointReason, Reason } from '#models/reasons'
import { storable } from '#foundation/text/whole_text'

/** The longest text of a failure, in characters. */
const LONGEST_FAILURE = 500

/** Why an attempt did not succeed, in words that a receiver's operator understands. */
const failures = {
  dns: 'the host name could not be resolved',
  blocked: 'the address is private or reserved, and not among WEBHOOK_ALLOWED_NETWORKS',
  connect: 'no connection could be made',
  tls: 'the TLS handshake or the certificate failed',
  timeout: 'there was no answer in time',
  reset: 'the connection was closed before an answer came',
  protocol: 'the answer is not valid HTTP',
  too_large: 'the headers of the answer are too large',
  status: 'the receiver did not answer with a 2xx status',
  redirect: 'the receiver answered with a redirect; redirects are not followed, set its final URL',
  gone: 'the receiver answered 410 Gone and gets no more events',
  template: 'the template of the endpoint makes nothing of the event',
  internal: 'the attempt could not be made',
  unknown_outcome: 'no answer came, so it may have arrived; it is not repeated',
  unconfirmed: 'it was taken without an id, so it may not be shown; it is not repeated',
  refused: 'the receiver refused the message',
  session_expired: 'the login has ended, and a new one is needed',
  chat_closed: 'the bot was blocked, or is not in the chat any more',
}

/** Every reason in English, without its detail. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  ...failures,
  filtered: 'the filter left it out',
  filter_failed: 'the filter failed',
  template_failed: 'the template failed',
  event_removed: 'a reorg removed the fact',
  event_deleted: 'the fact was deleted',
  target_disabled: 'the endpoint is disabled or deleted',
  target_deleted: 'the endpoint was deleted',
  told_elsewhere: 'this way was full, so the next one of the user tells it',
  by_operator: 'disabled by the operator',
  by_owner: 'disabled by its owner',
  not_in_environment: 'removed from WEBHOOK_URLS',
  first_message: 'the user has not written yet',
  window: 'the user has not written for too long',
  quota: 'no more messages may be sent until the user writes',
  throttled: 'the last message was refused; the next one has to wait',
  quiet: 'these are the quiet hours of the user',
  muted: 'the user has muted pushes',
  unbound: 'the chat has ended, and waits for a new login of the user',
  summarised: 'more waited than a message can tell; it was counted there',
  bound_again: 'another binding took its place',
}

/** A cause as the API, the logs and alerts say it. */
export function causeWords({ reason, detail }: Cause): string {
  const words = reasonWords[reason]
  if (detail === null) {
    return words
  }
  if (reason in failures) {
    return storable(`${words} (${detail})`, LONGEST_FAILURE)
  }
  // What the operator wrote stands for itself.
  return reason === 'by_operator' ? detail : `${words}: ${detail}`
}

/** Why an endpoint is out of service, as it is stored with it. */
export interface Disabling {
  reason: EndpointReason | null
  detail: string | null
  /** Since when every attempt had failed, in epoch milliseconds; null when that is not why. */
  failedSince: number | null
}

/** Why an endpoint is disabled, in English; null when there is no reason. */
export function disablingWords({ reason, detail, failedSince }: Disabling): string | null {
  if (reason === null) {
    return null
  }
  const words = causeWords({ reason, detail })
  return failedSince === null
    ? words
    : `every attempt since ${new Date(failedSince).toISOString()} has failed, at last: ${words}`
}
