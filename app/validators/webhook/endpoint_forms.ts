import vine from '@vinejs/vine'
import languages from '#config/languages'
import { FORMATS } from '#models/webhook_endpoint'
import { CHAT_ID } from '#validators/rules'

const whole = (from: number, to: number) => vine.number().withoutDecimals().range([from, to])

const selection = {
  event_types: vine.array(vine.string().maxLength(32)).minLength(1),
  filter: vine.string().trim().nullable(),
  template: vine.string().trim().nullable(),
}

/** What has to be in order before a form can be tried on stored events. */
export const trialForm = vine.create(selection)

/** An endpoint as its form sends it: empty fields are null, boxes that are not ticked are absent. */
export const endpointForm = vine.create({
  url: vine.string().trim().maxLength(2000),
  description: vine.string().trim().maxLength(500).nullable(),
  format: vine.enum(FORMATS).optional(),
  robot_secret: vine.string().trim().maxLength(200).nullable().optional(),
  chat_id: vine.string().trim().regex(CHAT_ID).nullable().optional(),
  language: vine.enum(Object.keys(languages)).nullable().optional(),
  ...selection,
  ordering: vine.enum(['any', 'fifo'] as const),
  concurrency: whole(1, 1000),
  rate_per_second: whole(1, 10_000).nullable(),
  batch_size: whole(1, 100),
  timeout_ms: whole(100, 60_000),
})

export type EndpointForm = Awaited<ReturnType<typeof endpointForm.validate>>

/** Hours for which the secret before signs as well. */
export const overlaps = [0, 1, 24, 168] as const

export const secretForm = vine.create({ overlap: vine.number().in([...overlaps]) })

export const stateForm = vine.create({
  state: vine.enum(['active', 'disabled'] as const),
  reason: vine.string().trim().maxLength(200).optional(),
})

/** How endpoints do, as the list sorts them. */
export const healths = ['failing', 'active', 'disabled'] as const

export type Health = (typeof healths)[number]

const validator = vine.create({
  state: vine.enum(healths).optional(),
  page: vine.number().withoutDecimals().range([1, 10_000]).optional(),
})

/** Which endpoints a page shows. What is not one of ours is left out: people follow old links. */
export async function readEndpointList(parameters: Record<string, unknown>) {
  const [error, wish] = await validator.tryValidate(parameters)
  return error ? {} : wish
}
