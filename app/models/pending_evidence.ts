import { PendingEvidenceSchema } from '#database/schema'
import type { VerificationError } from '#models/verification_job'

/** Evidence that could not be read in time and is still missing. */
export default class PendingEvidence extends PendingEvidenceSchema {
  static table = 'pending_evidence'
  declare reason: VerificationError
}
