import vine from '@vinejs/vine'
import { COMPLETENESS } from '#facts/verification'
import { ORDER_STATUSES } from '#models/order'
import { JOB_STATES, VERIFICATION_ERRORS } from '#models/verification_job'
import type { Operations } from '#openapi/operation'
import { decimal, integer, oneOf, pageOf, text, time } from '#openapi/shapes'
import { newOrder, orderQuery } from '#validators/order_requests'

const yes = () => vine.boolean({ strict: true })

const order = {
  id: integer(),
  account_id: integer(),
  ord_id: text().nullable(),
  cl_ord_id: text().nullable(),
  status: vine.enum(ORDER_STATUSES),
  reason: text().nullable(),
  partial: yes().meta({ description: 'Canceled after a part of it was filled' }),
  confirmation_status: text().nullable(),
  verification_status: text().nullable(),
  venue_state: text().nullable(),
  inst_type: text().nullable(),
  inst_id: text(),
  side: text().nullable(),
  pos_side: text().nullable(),
  ord_type: text().nullable(),
  px: decimal().nullable(),
  sz: decimal().nullable(),
  acc_fill_sz: decimal().nullable(),
  avg_px: decimal().nullable(),
  fee: decimal().nullable(),
  fee_ccy: text().nullable(),
  pnl: decimal().nullable(),
  category: text().nullable(),
  announced_at: time().nullable(),
  confirmed_at: time().nullable(),
  ended_at: time().nullable(),
  deadline: time().nullable(),
  created_at: time(),
  updated_at: time(),
}

const execution = vine.object({
  trade_id: text().nullable(),
  fill_sz: decimal(),
  fill_px: decimal(),
  notional: decimal().nullable(),
  fee: decimal().nullable(),
  fee_ccy: text().nullable(),
  fill_pnl: decimal().nullable(),
  liquidation: text().nullable(),
  event_time: time(),
})

const job = vine.object({
  job_uid: text(),
  queue: text(),
  state: vine.enum(JOB_STATES),
  attempts: integer(),
  error_code: vine.enum(VERIFICATION_ERRORS).nullable(),
  detail: text().nullable(),
  differences: vine
    .array(vine.object({ field: text(), found: text().nullable(), expected: text().nullable() }))
    .nullable(),
  evidence_uid: text().nullable(),
  follows: text().nullable(),
  created_at: time(),
  ended_at: time().nullable(),
})

const evidence = vine.object({
  evidence_uid: text(),
  evidence_hash: text(),
  items_hash: text(),
  expected_evidence_hash: text(),
  completeness: vine.enum(COMPLETENESS),
  parent_root: text().nullable(),
  liqpass_root: text().nullable(),
  signed: yes(),
  size: integer(),
  created_at: time(),
})

const auditEvent = vine.object({
  position: integer(),
  actor: text(),
  action: text(),
  before: text().nullable(),
  after: text().nullable(),
  created_at: time(),
  prev_hash: text(),
  hash: text(),
})

const listed = vine.object(order).meta({ title: 'Order' })

const story = vine
  .object({
    ...order,
    executions: vine.array(execution),
    verifications: vine.array(job),
    evidence: vine.array(evidence),
    audit: vine.array(auditEvent),
    audit_holds: yes(),
  })
  .meta({ title: 'OrderStory' })

/** Orders on accounts at OKX, and what verifies them. */
export const orderOperations: Operations = {
  '/api/v1/orders': {
    get: {
      id: 'list_orders',
      summary: 'Orders on the OKX accounts of the account, newest first',
      scope: 'webhooks:read',
      query: orderQuery,
      answer: pageOf(listed),
    },
    post: {
      id: 'announce_order',
      summary: 'Say that an order was placed, before OKX shows it',
      description: 'One that is known already stays as it is, and is answered with 200.',
      scope: 'webhooks:write',
      body: newOrder,
      headers: { 'Idempotency-Key': 'Within 24 hours the same request is answered the same' },
      status: [201, 200],
      answer: oneOf(listed),
      failures: [404, 409],
    },
  },
  '/api/v1/orders/{id}': {
    get: {
      id: 'show_order',
      summary: 'One order with its executions, verifications, evidence and audit chain',
      scope: 'webhooks:read',
      answer: oneOf(story),
    },
  },
  '/api/v1/orders/{id}/verification': {
    post: {
      id: 'verify_order',
      summary: 'Verify an order that was filled',
      scope: 'webhooks:write',
      status: 202,
      answer: oneOf(vine.object({ job_uid: text() })),
      failures: [409],
    },
  },
  '/api/v1/evidence/{uid}': {
    get: {
      id: 'download_evidence',
      summary: 'The file of a package of evidence, byte for byte',
      scope: 'webhooks:read',
      mediaType: 'application/json',
    },
  },
}
