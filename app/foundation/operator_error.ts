/**
 * Something that the operator has to put right: its message says what was wrong and what to do.
 * Commands print it as one line, without a stack.
 */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
