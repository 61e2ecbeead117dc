import vine from '@vinejs/vine'

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
  ...selection,
  ordering: vine.enum(['any', 'fifo'] as const),
  concurrency: whole(1, 1000),
  rate_per_second: whole(1, 10_000).nullable(),
  batch_size: whole(1, 100),
  timeout_ms: whole(100, 60_000),
})

export type EndpointForm = Awaited<ReturnType<typeof endpointForm.validate>>
