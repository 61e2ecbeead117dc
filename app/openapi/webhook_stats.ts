import vine from '@vinejs/vine'
import type { Operations } from '#openapi/operation'
import { integer } from '#openapi/shapes'

const figures = () => ({
  total_pushed: integer(),
  success_count: integer(),
  failure_count: integer(),
  last_push_time: integer().nullable().meta({ description: 'Unix seconds' }),
  average_delay_ms: integer().nullable(),
  p50_delay_ms: integer().nullable(),
  p95_delay_ms: integer().nullable(),
  p99_delay_ms: integer().nullable(),
  left_out_count: integer().meta({ description: 'Events that the filter did not want' }),
  unfit_count: integer().meta({ description: 'Set aside because filter or template failed' }),
})

const endpoint = vine.object({ id: integer(), ...figures() })

export const webhookStats: Operations = {
  '/api/v1/webhook/stats': {
    get: {
      id: 'show_webhook_stats',
      summary: 'How many events were pushed, how many failed, and how long they took',
      scope: 'webhooks:read',
      answer: vine.object({
        success: vine.literal(true),
        data: vine.object({ ...figures(), endpoints: vine.array(endpoint) }),
      }),
    },
  },
}
