import { choice, id, nullable, text, time, wide } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { OKX_ENVIRONMENTS, onOkx } from '#facts/on_okx'

/**
 * How sure a package is that it holds all of an order.
 *
 * - `proven`     the bills before, in and after the order add up, and each fill has its bill
 * - `order_only` the fills add up to the order; the bills around it do not prove more
 * - `partial`    a part of the history is gone
 */
export const COMPLETENESS = ['proven', 'order_only', 'partial'] as const

export type Completeness = (typeof COMPLETENESS)[number]

/** An order was verified, or could not be. */
export const verification = defineFact({
  type: 'verification',
  table: 'verification_events',
  columns: {
    id: id(),
    result: choice(['succeeded', 'failed']),
    job_uid: text(),
    ord_id: nullable(text()),
    cl_ord_id: nullable(text()),
    inst_id: text(),
    evidence_uid: nullable(text()),
    evidence_hash: nullable(text()),
    expected_evidence_hash: nullable(text()),
    completeness: nullable(choice(COMPLETENESS)),
    error_code: nullable(text()),
    differing_fields: nullable(text()),
    retried_by: nullable(text()),
    account_id: wide(),
    account_uid: text(),
    environment: choice(OKX_ENVIRONMENTS),
    event_time: time(),
  },
  ...onOkx,
  identity: ['environment', 'account_uid', 'job_uid'],
  events: { column: 'result', type: (result) => `verification.${result}` },
  stream: { letter: 'e' },
})
