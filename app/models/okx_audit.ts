import { OkxAuditSchema } from '#database/schema'

/**
 * - `complete`  each bill follows from the one before, and each trade has its execution
 * - `repaired`  so it is after what was missing had been read again
 * - `holes`     something is missing that OKX did not give
 */
export type AuditVerdict = 'complete' | 'repaired' | 'holes'

/** What an audit of an account's bills in one currency found. */
export default class OkxAudit extends OkxAuditSchema {
  declare mode: 'strict' | 'report'
  declare verdict: AuditVerdict
}
