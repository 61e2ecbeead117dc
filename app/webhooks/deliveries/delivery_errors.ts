import { OperatorError } from '#foundation/operator_error'

/** There is no such delivery, or it is another's. */
export class UnknownDelivery extends OperatorError {}
