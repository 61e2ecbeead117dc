import { causeWords, disablingWords } from '#delivery/reason_words'
import type { TriedEvent } from '#webhooks/endpoints/dry_run'
import type { ListedEndpoint } from '#webhooks/endpoints/list_endpoints'
import type { TestResult } from '#webhooks/endpoints/test_endpoint'

/** An endpoint as `webhook:list` shows it, with its reason in words. */
export function listedEndpointAnswer(endpoint: ListedEndpoint) {
  const {
    id,
    url,
    description,
    origin,
    event_types: events,
    state,
    disabling,
    ...activity
  } = endpoint
  return {
    id,
    url,
    description,
    origin,
    event_types: events,
    state,
    state_reason: disablingWords(disabling),
    ...activity,
  }
}

/** What a receiver made of a test event, with what went wrong in words. */
export function testResultAnswer({ cause, answer, ...result }: TestResult) {
  return {
    ...result,
    error_kind: cause?.reason ?? null,
    error: cause && causeWords(cause),
    answer,
  }
}

/** What would become of an event, with what failed in words. */
export function triedEventAnswer({ event_id, event_type, outcome, cause, payload }: TriedEvent) {
  return { event_id, event_type, outcome, reason: cause && causeWords(cause), payload }
}
