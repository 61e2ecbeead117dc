import { causeWords } from '#delivery/reason_words'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Clock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { allFactTypes, factTypes } from '#facts/registry'
import { rowOfPublicFact } from '#facts/public_fact'
import { EndpointTarget } from '#webhooks/sending/endpoint_target'
import { HttpSender } from '#webhooks/sending/http_sender'
import { eventId } from '#delivery/planning/event_id'
import type { DueJob } from '#delivery/queue/job'

/** The developer's own machine may be sent to, wherever it is. */
const ANYWHERE = ['0.0.0.0/0', '::/0']

interface RelayOptions {
  /** Where the events go. */
  url: string
  secret: string
  /** Milliseconds. */
  timeoutMs: number
  userAgent: string
  clock: Clock
}

/** What the local receiver made of an event. */
export interface Relayed {
  eventId: string
  /** Null when no answer came. */
  status: number | null
  accepted: boolean
  durationMs: number
  /** Why it was not accepted, in words. */
  error: string | null
}

/** Sends facts to a local URL as their webhooks are sent, once each. */
export class Relay {
  readonly #clock: Clock
  readonly #httpSender: HttpSender
  readonly #target: EndpointTarget

  constructor({ url, secret, timeoutMs, userAgent, clock }: RelayOptions) {
    this.#clock = clock
    this.#httpSender = new HttpSender(ANYWHERE)
    const endpoint = new WebhookEndpoint().fill({
      id: 0,
      url,
      concurrency: 1,
      batchSize: 1,
      timeoutMs,
      template: null,
      headers: null,
      secrets: [{ value: secret, expiresAt: null }],
    })
    const noRetry = { waits: [], maxRetries: 0 }
    this.#target = new EndpointTarget(endpoint, noRetry, this.#httpSender, userAgent)
  }

  /** @param fact its public columns */
  async send(eventType: string, fact: FactRow): Promise<Relayed> {
    const startedAt = this.#clock.now()
    const job = jobOf(eventType, fact, startedAt)
    const begun = this.#clock.elapsed()
    const { send } = await this.#target.prepare([job], startedAt)
    const verdict = await send()
    return {
      eventId: job.eventId,
      status: ('answer' in verdict && verdict.answer?.status) || null,
      accepted: verdict.kind === 'accepted',
      durationMs: Math.round(this.#clock.elapsed() - begun),
      error: 'cause' in verdict ? causeWords(verdict.cause) : null,
    }
  }

  /** Cuts what is under way. */
  async close() {
    await this.#httpSender.close()
  }
}

function jobOf(eventType: string, fact: FactRow, now: number): DueJob {
  const factType = factTypeNamed(eventType, fact)
  if (!factType) {
    throw new Error(`The stream holds an event of an unknown type, ${eventType}`)
  }
  const factId = Number(fact.id)
  return {
    id: 0,
    targetId: 0,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 0,
    leaseUntil: now,
    factType,
    factId,
    eventType,
    tokenAddress: null,
    fact: rowOfPublicFact(factTypes[factType], fact),
    eventId: eventId(factType, fact),
  }
}

function factTypeNamed(eventType: string, fact: FactRow): FactType | undefined {
  const types = allFactTypes()
  return types.find((type) => factTypes[type].eventType(fact) === eventType)
}
