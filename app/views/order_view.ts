import type AuditEvent from '#models/audit_event'
import type EvidencePackage from '#models/evidence_package'
import type Execution from '#models/execution'
import type Order from '#models/order'
import type VerificationJob from '#models/verification_job'
import { QUEUE_NAMES } from '#verification/jobs/queues'
import type { OrderStory } from '#verification/order_story'

/** An order as the API answers it. Times are epoch milliseconds. */
export function orderView(order: Order) {
  return {
    id: order.id,
    account_id: order.accountId,
    ord_id: order.ordId,
    cl_ord_id: order.clOrdId,
    status: order.status,
    reason: order.reason,
    partial: order.partial,
    confirmation_status: order.confirmationStatus,
    verification_status: order.verificationStatus,
    venue_state: order.venueState,
    inst_type: order.instType,
    inst_id: order.instId,
    side: order.side,
    pos_side: order.posSide,
    ord_type: order.ordType,
    px: order.px,
    sz: order.sz,
    acc_fill_sz: order.accFillSz,
    avg_px: order.avgPx,
    fee: order.fee,
    fee_ccy: order.feeCcy,
    pnl: order.pnl,
    category: order.category,
    announced_at: order.announcedAt,
    confirmed_at: order.confirmedAt,
    ended_at: order.endedAt,
    deadline: order.deadline,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  }
}

/** One order with what belongs to it. */
export function storyView({ order, executions, jobs, packages, audit, auditHolds }: OrderStory) {
  return {
    ...orderView(order),
    executions: executions.map(executionView),
    verifications: jobs.map(jobView),
    evidence: packages.map(packageView),
    audit: audit.map(auditView),
    audit_holds: auditHolds,
  }
}

function executionView(execution: Execution) {
  const { tradeId, fillSz, fillPx, fee, feeCcy, fillPnl, notional, liquidation } = execution
  return {
    trade_id: tradeId,
    fill_sz: fillSz,
    fill_px: fillPx,
    notional,
    fee,
    fee_ccy: feeCcy,
    fill_pnl: fillPnl,
    liquidation,
    event_time: execution.eventTime,
  }
}

export function jobView(job: VerificationJob) {
  return {
    job_uid: job.jobUid,
    queue: QUEUE_NAMES[job.priority],
    state: job.state,
    attempts: job.attempts,
    error_code: job.errorCode,
    detail: job.detail,
    differences: job.differences as { field: string; found: string; expected: string }[] | null,
    evidence_uid: job.evidenceUid,
    follows: job.follows,
    created_at: job.createdAt,
    ended_at: job.endedAt,
  }
}

function packageView(one: EvidencePackage) {
  return {
    evidence_uid: one.evidenceUid,
    evidence_hash: one.evidenceHash,
    items_hash: one.itemsHash,
    expected_evidence_hash: one.expectedEvidenceHash,
    completeness: one.completeness,
    parent_root: one.parentRoot,
    liqpass_root: one.liqpassRoot,
    signed: one.signed,
    size: one.size,
    created_at: one.createdAt,
  }
}

function auditView({
  position,
  actor,
  action,
  before,
  after,
  createdAt,
  prevHash,
  hash,
}: AuditEvent) {
  return {
    position,
    actor,
    action,
    before,
    after,
    created_at: createdAt,
    prev_hash: prevHash,
    hash,
  }
}
