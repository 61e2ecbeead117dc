import vine from '@vinejs/vine'
import { periods } from '#validators/operator/periods'

/** An empty rate is as fast as the endpoint takes it; the box is ticked or absent. */
export const replayForm = vine.create({
  kind: vine.enum(['failed', 'history'] as const),
  within: vine.enum(periods),
  rate: vine.number().withoutDecimals().range([1, 10_000]).optional(),
  again: vine.accepted().optional(),
})

const deliveryId = () => vine.number().withoutDecimals().positive()

/** Deliveries that were ticked. */
export const deliveryReplaysForm = vine.create({
  ids: vine.array(deliveryId()).maxLength(200).optional(),
})
