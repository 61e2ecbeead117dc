import { factTypeOf, factTypes, happenedAt, sourceOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import { publicFact } from '#facts/public_fact'
import type { DueJob } from '#delivery/queue/job'

/** What a receiver gets for one fact. The field names are a promise: docs/webhooks.md. */
export interface Envelope {
  id: string
  event_type: string
  /** When this attempt was made, in Unix seconds. */
  timestamp: number
  version: string
  source: string
  data: FactRow
  metadata: { data_age_seconds: number; push_source: 'regou'; attempt: number }
}

const VERSION = '1.0'

/** @param now epoch milliseconds of the attempt */
export function envelope(job: DueJob, now: number): Envelope {
  const data = publicFact(job.factType, job.fact)

  return {
    id: job.eventId,
    event_type: job.eventType,
    timestamp: unixSeconds(now),
    version: VERSION,
    source: sourceOf(job.factType, data),
    data,
    metadata: {
      data_age_seconds: Math.max(0, now - happenedAt(job.factType, job.fact)) / 1000,
      push_source: 'regou',
      attempt: job.attempts + 1,
    },
  }
}

/** The body of a request with one event. */
export function message(job: DueJob, now: number): Envelope | FormerMessage {
  const event = envelope(job, now)
  const { pushSource } = factTypes[factTypeOf(job.factType)]
  return pushSource ? formerMessage(event, pushSource) : event
}

/** An event among others: it always has its id, by which receivers tell them apart. */
export function messageWithId(job: DueJob, now: number) {
  return { id: job.eventId, ...message(job, now) }
}

/** The body of a request with several events, each of which is JSON text of a `messageWithId`. */
export function batchBody(events: readonly string[], now: number): string {
  const head = { event_type: 'batch', version: VERSION, timestamp: unixSeconds(now) }
  return `${JSON.stringify(head).slice(0, -1)},"events":[${events.join(',')}]}`
}

export function unixSeconds(epochMs: number): number {
  return Math.floor(epochMs / 1000)
}

/** A fact as its receivers have always got it: docs/adr/0015. */
export interface FormerMessage extends Omit<Envelope, 'id' | 'metadata'> {
  metadata: { data_age_seconds: number; push_source: string }
}

/** Field by field the message of the service that pushed these facts before. */
function formerMessage({ id: _, metadata, ...event }: Envelope, pushSource: string): FormerMessage {
  return {
    ...event,
    metadata: { data_age_seconds: metadata.data_age_seconds, push_source: pushSource },
  }
}
