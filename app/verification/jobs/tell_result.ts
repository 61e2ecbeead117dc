import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import type { Completeness } from '#facts/verification'
import OkxAccount from '#models/okx_account'
import type Order from '#models/order'
import type { VerificationError } from '#models/verification_job'
import type { Difference } from '#verification/evidence/differences'

/** What is known of the package that a job has made. */
export interface MadePackage {
  evidenceUid: string
  evidenceHash: string
  expectedEvidenceHash: string
  completeness: Completeness
}

export interface Failure {
  code: VerificationError
  /** What was said besides, for people; never a key. */
  detail?: string
  differences?: readonly Difference[]
  /** Built all the same, where both sides could be read. */
  made?: MadePackage
}

interface Result {
  jobUid: string
  result: 'succeeded' | 'failed'
  failure?: Failure
  made?: MadePackage
  retriedBy?: string | null
}

const EVENTS: WrittenTable = {
  name: 'verification_events',
  columns: {
    account_id: 'bigint',
    owner_id: 'bigint',
    account_uid: 'text',
    environment: 'text',
    result: 'text',
    job_uid: 'text',
    ord_id: 'text',
    cl_ord_id: 'text',
    inst_id: 'text',
    evidence_uid: 'text',
    evidence_hash: 'text',
    expected_evidence_hash: 'text',
    completeness: 'text',
    error_code: 'text',
    differing_fields: 'text',
    retried_by: 'text',
    event_time: 'bigint',
    created_at: 'bigint',
  },
}

/** Stores how a verification ended, as a fact that the owner of the order is sent. */
export async function tellResult(
  trx: TransactionClientContract,
  order: Order,
  { jobUid, result, failure, made, retriedBy }: Result,
  now: number
) {
  const account = await OkxAccount.findOrFail(order.accountId, { client: trx })
  const row = {
    account_id: account.id,
    owner_id: order.ownerId,
    account_uid: account.uid ?? '',
    environment: account.environment,
    result,
    job_uid: jobUid,
    ord_id: order.ordId,
    cl_ord_id: order.clOrdId,
    inst_id: order.instId,
    evidence_uid: made?.evidenceUid,
    evidence_hash: made?.evidenceHash,
    expected_evidence_hash: made?.expectedEvidenceHash,
    completeness: made?.completeness,
    error_code: failure?.code,
    differing_fields: failure?.differences?.map(({ field }) => field).join(','),
    retried_by: retriedBy,
    event_time: now,
    created_at: now,
  }
  await insertRows(trx, EVENTS, [row])
}
