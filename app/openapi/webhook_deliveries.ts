import vine from '@vinejs/vine'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { notReplayable } from '#webhooks/deliveries/replay_deliveries'
import type { Operations } from '#openapi/operation'
import { address, integer, oneOf, pageOf, text, time } from '#openapi/shapes'
import { deliveryQuery, deliveryReplay, deliveryReplays } from '#validators/delivery_requests'

const shown = () => ({
  id: integer(),
  endpoint_id: integer(),
  event_id: text(),
  event_type: text(),
  token_address: address().nullable(),
  state: vine.enum(JOB_STATES),
  tries: integer(),
  is_replayed: vine.boolean({ strict: true }),
  next_attempt_at: time().nullable(),
  expires_at: time().nullable(),
  sent_at: time().nullable(),
  last_error: text().nullable(),
  created_at: time(),
})

const attempt = vine.object({
  attempt: integer(),
  started_at: time(),
  duration_ms: integer(),
  outcome: vine.enum(['accepted', 'failed']),
  http_status: integer().nullable(),
  failure_kind: text().nullable(),
  failure: text().nullable(),
  error: text().nullable(),
  answer: text().nullable(),
})

const delivery = vine.object(shown()).meta({ title: 'Delivery' })
const wholeDelivery = vine
  .object({ ...shown(), attempts: vine.array(attempt) })
  .meta({ title: 'DeliveryWithAttempts' })

const codes = Object.keys(notReplayable) as (keyof typeof notReplayable)[]
const replayed = vine.object({
  replayed: vine.array(integer()),
  left: vine.array(vine.object({ id: integer(), code: vine.enum(codes), message: text() })),
})

export const webhookDeliveries: Operations = {
  '/api/v1/webhook/deliveries': {
    get: {
      id: 'list_deliveries',
      summary: 'Deliveries that match, newest first',
      scope: 'webhooks:read',
      query: deliveryQuery,
      answer: pageOf(delivery),
    },
  },
  '/api/v1/webhook/deliveries/replay': {
    post: {
      id: 'replay_deliveries',
      summary: 'Send several deliveries again, and tell why others were left as they are',
      scope: 'webhooks:write',
      body: deliveryReplays,
      answer: oneOf(replayed),
    },
  },
  '/api/v1/webhook/deliveries/{id}': {
    get: {
      id: 'show_delivery',
      summary: 'One delivery with every attempt',
      scope: 'webhooks:read',
      answer: oneOf(wholeDelivery),
    },
  },
  '/api/v1/webhook/deliveries/{id}/replay': {
    post: {
      id: 'replay_delivery',
      summary: 'Send a delivery again, under the id it had',
      description: 'One that was accepted goes once more only with `again`.',
      scope: 'webhooks:write',
      body: deliveryReplay,
      answer: oneOf(delivery),
      failures: [409],
    },
  },
}
