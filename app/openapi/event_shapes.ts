import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { launch, pool, trade } from '#openapi/fact_shapes'
import { wallet } from '#openapi/ocr_wallets'
import { integer, text, time } from '#openapi/shapes'

const unixSeconds = () => integer().meta({ description: 'Unix seconds' })

const pushAlert = vine.object({
  id: integer(),
  kind: vine.enum([
    'endpoint.failing',
    'endpoint.disabled',
    'health.degraded',
    'health.critical',
    'plan.ending',
  ]),
  endpoint_id: integer().nullable(),
  endpoint: text().nullable(),
  since: time(),
  ends_at: time().nullable(),
  message: text(),
  event_time: time(),
})

const payment = vine.object({
  id: integer(),
  chain_id: integer(),
  address: text(),
  amount: text(),
  sender: text().nullable(),
  tx_hash: text().nullable(),
  from_block: integer(),
  to_block: integer(),
  position: integer(),
  balance_before: text(),
  balance_after: text(),
  plan: vine.enum(['monthly', 'yearly']).nullable(),
  entitled_until: time().nullable(),
  event_time: time(),
})

const common = (type: string, data: SchemaTypes) => ({
  event_type: vine.literal(type),
  timestamp: unixSeconds(),
  version: vine.literal('1.0'),
  source: text(),
  data,
})

const event = (type: string, data: SchemaTypes) =>
  vine.object({
    id: text(),
    ...common(type, data),
    metadata: vine.object({
      data_age_seconds: vine.number({ strict: true }),
      push_source: vine.literal('regou'),
      attempt: integer(),
    }),
  })

const onChain = (type: string, fact: Record<string, SchemaTypes>) => ({
  [type]: event(type, vine.object(fact)),
  [`${type}.removed`]: event(`${type}.removed`, vine.object({ ...fact, removed_at: time() })),
})

/** What receivers get, by event type: one event in one request, without a template. */
export const eventShapes: Record<string, SchemaTypes> = {
  ...onChain('launch.created', launch),
  ...onChain('launch.graduated', launch),
  ...onChain('pool.created', pool),
  ...onChain('trade.executed', trade),
  'payment.credited': event('payment.credited', payment),
  'push.alert': event('push.alert', pushAlert),
  // Its form is that of the service it comes from (docs/adr/0015).
  'ocr_wallet_data': vine.object({
    ...common('ocr_wallet_data', wallet),
    metadata: vine.object({
      data_age_seconds: vine.number({ strict: true }),
      push_source: vine.literal('wx-msg-chat'),
    }),
  }),
}
