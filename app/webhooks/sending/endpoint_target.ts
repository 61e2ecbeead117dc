import { visiblePartOf } from '#foundation/text/redact'
import { because } from '#models/reasons'
import { openHeaders } from '#models/sealed_headers'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { ALWAYS_OPEN, inOneRequest } from '#delivery/channel'
import type { PreparedRequest, Rate, Target, Verdict } from '#delivery/channel'
import { unixSeconds } from '#delivery/envelope'
import { batchId } from '#delivery/planning/event_id'
import type { DueJob } from '#delivery/queue/job'
import type { RetryPolicy } from '#delivery/lanes/retry_policy'
import { InterruptedError } from '#webhooks/sending/http_sender'
import type { HttpSender } from '#webhooks/sending/http_sender'
import { Payloads } from '#webhooks/sending/payloads'
import type { Filled } from '#webhooks/sending/payloads'
import { sign, signingKey } from '#webhooks/sending/signature'
import type { SigningKey } from '#webhooks/sending/signature'
import { ownHeaders } from '#webhooks/sending/own_headers'
import { judge, unanswered, withoutAnswer } from '#webhooks/sending/verdict'

/** The events of one request hold no more than this, in bytes: of a large one it is all alone. */
const MOST_BYTES = 2 * 1024 * 1024

/** `Content Too Large`, RFC 9110 15.5.14. */
const TOO_LARGE = 413

/** An endpoint as a target: builds, signs and posts its events. */
export class EndpointTarget implements Target {
  readonly id: number
  readonly label: string
  readonly concurrency: number
  readonly batchSize: number
  readonly rate: Rate | null
  readonly ordering: Target['ordering']
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  readonly failingSince: number | null
  readonly gate = ALWAYS_OPEN
  readonly #address: { origin: string; path: string }
  readonly #keys: { key: SigningKey; expiresAt: number | null }[]
  readonly #ownHeaders: Record<string, string>
  readonly #payloads: Payloads
  /** What a request may hold; less once the receiver has refused one as too large. */
  #mostBytes = MOST_BYTES
  readonly #httpSender: HttpSender
  readonly #userAgent: string

  /** @throws when the URL, a secret, a header or the template of the endpoint cannot be used */
  constructor(
    endpoint: WebhookEndpoint,
    defaultRetry: RetryPolicy,
    httpSender: HttpSender,
    userAgent: string
  ) {
    this.id = endpoint.id
    this.label = endpointLabel(endpoint)
    this.concurrency = endpoint.concurrency
    this.batchSize = endpoint.batchSize
    this.rate = rateOf(endpoint)
    this.ordering = endpoint.ordering
    this.timeoutMs = endpoint.timeoutMs
    this.retry = retryOf(endpoint, defaultRetry)
    this.failingSince = endpoint.failingSince
    const { origin, pathname, search } = new URL(endpoint.url)
    this.#address = { origin, path: pathname + search }
    this.#keys = endpoint.secrets.map(({ value, expiresAt }) => ({
      key: signingKey(value),
      expiresAt,
    }))
    this.#ownHeaders = ownHeaders(endpoint.headers && openHeaders(endpoint.headers))
    this.#payloads = new Payloads(endpoint)
    this.#httpSender = httpSender
    this.#userAgent = userAgent
  }

  prepare(jobs: readonly DueJob[], now: number): PreparedRequest | Promise<PreparedRequest> {
    const filled = this.#payloads.fill(jobs, now, this.#mostBytes)
    return filled instanceof Promise
      ? filled.then(
          (made) => this.#request(made, now),
          (error: Error) =>
            inOneRequest(jobs, async () => ({ kind: 'hindered', lack: error.message }))
        )
      : this.#request(filled, now)
  }

  #request({ texts, ...filled }: Filled, now: number): PreparedRequest {
    // As bytes, because it is both signed and sent.
    const body = Buffer.from(texts.length > 0 ? this.#payloads.body(texts, now) : '')
    const send = () => this.#send(filled.jobs, body, now)
    return { ...filled, bytes: body.length, send }
  }

  async #send(jobs: readonly DueJob[], body: Buffer, now: number): Promise<Verdict> {
    const isBatch = this.batchSize > 1
    const id = isBatch ? batchId(jobs.map((job) => job.eventId)) : jobs[0]!.eventId
    const result = await this.#httpSender.post({
      ...this.#address,
      headers: this.#headers(id, now, body),
      body,
      timeoutMs: this.timeoutMs,
    })
    if (result instanceof InterruptedError) {
      return { kind: 'interrupted' }
    }
    if (result instanceof Error) {
      return unanswered(result)
    }
    if (result.status === TOO_LARGE && jobs.length > 1) {
      this.#mostBytes = Math.ceil(body.length / 2)
    }
    return judge(result, now)
  }

  #headers(id: string, now: number, body: Buffer): Record<string, string> {
    const keys = this.#keys.flatMap(({ key, expiresAt }) =>
      expiresAt === null || expiresAt > now ? key : []
    )
    const timestamp = unixSeconds(now)

    return {
      ...this.#ownHeaders,
      'content-type': 'application/json',
      'user-agent': this.#userAgent,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(keys, id, timestamp, body),
    }
  }
}

interface UnusableEndpoint {
  id: number
  url: string
  concurrency: number
  timeout_ms: number
  failing_since: number | string | null
}

/** An endpoint that cannot be used as it is stored: every try says why, until its owner corrects it. */
export function unusableTarget(
  endpoint: UnusableEndpoint,
  retry: RetryPolicy,
  problem: string
): Target {
  return {
    id: Number(endpoint.id),
    label: endpointLabel(endpoint),
    concurrency: endpoint.concurrency,
    batchSize: 1,
    rate: null,
    ordering: 'any',
    timeoutMs: endpoint.timeout_ms,
    retry,
    failingSince: endpoint.failing_since === null ? null : Number(endpoint.failing_since),
    gate: ALWAYS_OPEN,
    prepare: (jobs) => inOneRequest(jobs, async () => withoutAnswer(because('internal', problem))),
  }
}

/** When it is tried again: as its owner says, or else all of them. */
export function retryOf({ retrySchedule }: WebhookEndpoint, others: RetryPolicy): RetryPolicy {
  return retrySchedule ? { waits: retrySchedule, maxRetries: retrySchedule.length } : others
}

/** What its owner allows; null: any number of requests. */
export function rateOf({ ratePerSecond }: WebhookEndpoint): Rate | null {
  return ratePerSecond === null || ratePerSecond === undefined
    ? null
    : { requests: ratePerSecond, perMs: 1000 }
}

/** How logs call an endpoint: without the query, which may hold a key. */
export function endpointLabel({ id, url }: { id: number; url: string }): string {
  return `endpoint ${id} (${visiblePartOf(url)})`
}
