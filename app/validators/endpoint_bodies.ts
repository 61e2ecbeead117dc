import vine from '@vinejs/vine'
import languages from '#config/languages'
import { FORMATS } from '#models/webhook_endpoint'
import { bodyOf, queryOf } from '#validators/strict'
import { CHAT_ID, cursor, limit } from '#validators/rules'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const LANGUAGES = Object.keys(languages) as (keyof typeof languages)[]

const whole = (from: number, to: number) =>
  vine.number({ strict: true }).withoutDecimals().range([from, to])

/** Written in CEL; the room that uses them says what is wrong with one. */
const expressions = {
  filter: vine.string().nullable().optional(),
  template: vine.string().nullable().optional(),
}

/** What may be left out; null is the server's own setting. Times are milliseconds. */
const settings = {
  description: vine.string().maxLength(500).nullable().optional(),
  ...expressions,
  headers: vine.record(vine.string().maxLength(2000)).maxLength(20).nullable().optional(),
  ordering: vine.enum(['any', 'fifo'] as const).optional(),
  concurrency: whole(1, 1000).optional(),
  rate_per_second: whole(1, 10_000).nullable().optional(),
  batch_size: whole(1, 100).optional(),
  timeout_ms: whole(100, 60_000).optional(),
  retry_schedule: vine
    .array(whole(0, 7 * DAY_MS))
    .maxLength(50)
    .nullable()
    .optional(),
  expiry_ms: whole(1000, 365 * DAY_MS)
    .nullable()
    .optional(),
}

/** Where a robot of a group is, and how it speaks. */
const robot = {
  format: vine.enum(FORMATS).optional(),
  robot_secret: vine.string().trim().maxLength(200).nullable().optional(),
  chat_id: vine.string().regex(CHAT_ID).nullable().optional(),
  language: vine.enum(LANGUAGES).nullable().optional(),
}

const url = () => vine.string().maxLength(2000)
const eventTypes = () => vine.array(vine.string().maxLength(32)).maxLength(50)

export const newEndpoint = bodyOf({
  url: url(),
  event_types: eventTypes().optional(),
  ...robot,
  ...settings,
})

export const endpointChanges = bodyOf({
  url: url().optional(),
  event_types: eventTypes().optional(),
  ...robot,
  ...settings,
  state: vine.enum(['active', 'disabled'] as const).optional(),
})

/** An endpoint that need not exist, tried on up to `limit` events. */
export const endpointDryRun = bodyOf({
  event_types: eventTypes().optional(),
  ...expressions,
  limit: whole(1, 100).optional(),
})

/** How long the secret before signs as well. */
export const secretRotation = bodyOf({ overlap_ms: whole(0, 30 * DAY_MS).optional() })

export const endpointQuery = queryOf({ limit: limit(), cursor: cursor() })
