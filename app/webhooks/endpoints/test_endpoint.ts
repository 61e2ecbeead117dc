import type { Clock } from '#foundation/clock'
import { because } from '#models/reasons'
import type { Cause, Failure } from '#models/reasons'
import type { Verdict } from '#delivery/channel'
import { HttpSender } from '#webhooks/sending/http_sender'
import { openTarget } from '#webhooks/sending/open_target'
import { withoutAnswer } from '#webhooks/sending/verdict'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { causeWords } from '#delivery/reason_words'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { randomUUID } from 'node:crypto'
import type { DueJob } from '#delivery/queue/job'

/** What a receiver made of a test event. */
export interface TestResult {
  endpoint_id: number
  event_id: string
  accepted: boolean
  /** Null when no answer came. */
  http_status: number | null
  duration_ms: number
  /** Why it counts as a failure. */
  cause: Cause<Failure> | null
  /** The first bytes of the answer. */
  answer: string | null
}

/**
 * Sends one signed test event at once, exactly as events are sent, to an endpoint in any state. It
 * is no job: it is not tried again, not counted, and changes nothing, not even on a 410.
 *
 * @throws Refusal, or OperatorError when its secret cannot be read
 */
export async function testEndpoint(
  id: string | number,
  { allowedNetworks, retry, userAgent }: DeliverySettings,
  clock: Clock
): Promise<TestResult> {
  const endpoint = await findEndpoint(id)
  const httpSender = new HttpSender(allowedNetworks)
  try {
    const target = openTarget(endpoint, retry, httpSender, userAgent)
    const startedAt = clock.now()
    const event = testEvent(endpoint.id, startedAt)
    const begun = clock.elapsed()
    const { unfit, send } = await target.prepare([event], startedAt)
    const verdict = unfit[0] ? unsendable(unfit[0].problem) : await send()
    return {
      endpoint_id: endpoint.id,
      event_id: event.eventId,
      duration_ms: Math.round(clock.elapsed() - begun),
      ...resultOf(verdict),
    }
  } finally {
    await httpSender.close()
  }
}

function unsendable(problem: string): Verdict {
  return withoutAnswer(because('template', causeWords(because('template_failed', problem))))
}

function resultOf(verdict: Verdict) {
  const cause = 'cause' in verdict ? verdict.cause : null
  const answer = 'answer' in verdict ? verdict.answer : null
  return {
    accepted: verdict.kind === 'accepted',
    http_status: answer?.status ?? null,
    cause,
    answer: answer?.head || null,
  }
}

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`
const ZERO_HASH = `0x${'0'.repeat(64)}`

/** The type by which a receiver tells a test from what happened on the chain. */
const TEST_EVENT = 'webhook.test'

/** A made-up launch, in the shape of a real one. `now` is in epoch milliseconds. */
function testEvent(targetId: number, now: number): DueJob {
  const job = {
    id: 0,
    targetId,
    factType: 'launch' as const,
    factId: 0,
    eventType: TEST_EVENT,
    eventId: `evt_${randomUUID().replaceAll('-', '')}`,
    tokenAddress: ZERO_ADDRESS,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 0,
    leaseUntil: now,
    fact: {
      id: 0,
      source: 'regou',
      kind: 'created',
      token_address: ZERO_ADDRESS,
      symbol: 'TEST',
      name: 'Test event',
      creator: ZERO_ADDRESS,
      launch_tx: ZERO_HASH,
      chain_id: 0,
      block_number: 0,
      block_hash: ZERO_HASH,
      log_index: 0,
      event_time: now,
    },
  }
  return job
}
