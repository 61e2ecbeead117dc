import VerificationEvent from '#models/verification_event'

/** The newest verification of an owner that has ended, or of the operator (null). */
export function lastEnded(ownerId: number | null): Promise<VerificationEvent | null> {
  const query = VerificationEvent.query().orderBy('id', 'desc')
  return (ownerId === null ? query.whereNull('owner_id') : query.where('owner_id', ownerId)).first()
}
