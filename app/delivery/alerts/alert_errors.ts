import { OperatorError } from '#foundation/operator_error'

/** Nobody has raised an alert of this id, or it is not kept any more. */
export class UnknownAlert extends OperatorError {}
