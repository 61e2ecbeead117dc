import { eventTypes } from '#facts/event_types'
import vine from '@vinejs/vine'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { bodyOf, queryOf } from '#validators/strict'
import { address, limit, moment } from '#validators/rules'

const MOST_AT_ONCE = 500

export const deliveryQuery = queryOf({
  state: vine.enum(JOB_STATES).optional(),
  endpoint_id: vine.number().withoutDecimals().positive().optional(),
  event_type: vine.enum(eventTypes().all).optional(),
  token_address: address(),
  since: moment(),
  until: moment(),
  limit: limit(),
  cursor: vine.string().optional(),
})

const again = () => vine.boolean({ strict: true }).optional()

export const deliveryReplay = bodyOf({ again: again() })

export const deliveryReplays = bodyOf({
  ids: vine
    .array(vine.number({ strict: true }).withoutDecimals().positive())
    .minLength(1)
    .maxLength(MOST_AT_ONCE),
  again: again(),
})
