import { Refusal } from '#foundation/errors'
import AuditEvent from '#models/audit_event'
import EvidencePackage from '#models/evidence_package'
import Execution from '#models/execution'
import type Order from '#models/order'
import PendingEvidence from '#models/pending_evidence'
import VerificationJob from '#models/verification_job'
import { brokenLink } from '#orders/audit_chain'

/** Fills of an order that are shown. */
const MOST_FILLS = 1000

/** Everything that is known of one order. */
export interface OrderStory {
  order: Order
  executions: Execution[]
  jobs: VerificationJob[]
  packages: EvidencePackage[]
  owed: PendingEvidence[]
  audit: AuditEvent[]
  /** Whether no link of the audit chain was changed or left out. */
  auditHolds: boolean
}

export async function readStory(order: Order): Promise<OrderStory> {
  const ofOrder = { orderId: order.id }
  const [executions, jobs, packages, owed, audit] = await Promise.all([
    order.ordId === null
      ? []
      : Execution.query()
          .where({ accountId: order.accountId, ordId: order.ordId })
          .orderBy('event_time')
          .limit(MOST_FILLS),
    VerificationJob.query().where(ofOrder).orderBy('id', 'desc'),
    EvidencePackage.query().where(ofOrder).orderBy('id', 'desc'),
    PendingEvidence.query().where(ofOrder).whereNull('completed_at').orderBy('id'),
    AuditEvent.query().where(ofOrder).orderBy('position'),
  ])
  return { order, executions, jobs, packages, owed, audit, auditHolds: brokenLink(audit) === null }
}

/** @throws Refusal when there is none, or it is another owner's */
export async function findPackage(ownerId: number | null, uid: string): Promise<EvidencePackage> {
  const found = await EvidencePackage.findBy('evidence_uid', uid)
  if (!found || found.ownerId !== ownerId) {
    throw new Refusal('unknown', 'unknown_evidence', `There is no package ${uid}`)
  }
  return found
}
