/**
 * Whether an error is one of the three that are expected. Each message is for people, and commands
 * print it as one line; what code decides on is a code or a kind. Anything else that is thrown is a
 * mistake of ours, and reported with its stack.
 */
export function isExpected(error: unknown): boolean {
  return (
    error instanceof OperatorError || error instanceof Refusal || error instanceof TransientError
  )
}

/** Something that the operator has to correct: its message says what was wrong and what to do. */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/**
 * - `malformed` the input cannot be read
 * - `unpaid`    it is part of a plan that does not run
 * - `unknown`   there is no such thing, or it belongs to another account
 * - `conflict`  it is not possible in the state that the thing is in
 * - `invalid`   a value cannot be used
 * - `busy`      so many ask for the same work that this one would wait too long
 */
export type RefusalKind = 'malformed' | 'unpaid' | 'unknown' | 'conflict' | 'invalid' | 'busy'

interface RefusalDetails {
  /** The input to correct. */
  field?: string
  /** What is wrong with it, for pages that have words of their own for it. */
  fault?: string
  /** For callers of the API, where the message is that of a command. */
  apiMessage?: string
}

/** What was asked for cannot be, and the caller can put it right. Codes are stable: programs switch on them. */
export class Refusal extends Error {
  readonly field?: string
  readonly fault?: string
  readonly apiMessage: string

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    { field, fault, apiMessage = message }: RefusalDetails = {}
  ) {
    super(message)
    this.name = new.target.name
    this.field = field
    this.fault = fault
    this.apiMessage = apiMessage
  }

  /** A value that cannot be used. */
  static invalid(field: string, message: string, fault?: string) {
    return new Refusal('invalid', 'invalid_parameter', message, { field, fault })
  }
}

/** Whether a wish was refused with this code. */
export function isRefusal(error: unknown, code: string): error is Refusal {
  return error instanceof Refusal && error.code === code
}

interface TransientDetails {
  /** How long to wait before the next try, in milliseconds, where that is known. */
  retryAfterMs?: number
  cause?: unknown
}

/** What did not work for now: the same may succeed later. */
export class TransientError<Kind extends string = string> extends Error {
  readonly retryAfterMs?: number

  constructor(
    readonly kind: Kind,
    message: string,
    { retryAfterMs, cause }: TransientDetails = {}
  ) {
    super(message, { cause })
    this.name = new.target.name
    this.retryAfterMs = retryAfterMs
  }
}
