import { OperatorError } from '#foundation/operator_error'

/** There is no such replay. */
export class UnknownReplay extends OperatorError {}

/** The key was used for another wish. */
export class IdempotencyConflict extends OperatorError {}
