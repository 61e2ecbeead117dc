import { OperatorError } from '#foundation/operator_error'

/** A disabled endpoint gets nothing: all would be set aside again. */
export class DisabledEndpoint extends OperatorError {}

/** There is no such replay. */
export class UnknownReplay extends OperatorError {}

/** The key was used for another wish. */
export class IdempotencyConflict extends OperatorError {}
