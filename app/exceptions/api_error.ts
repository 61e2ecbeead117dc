import { Exception } from '@adonisjs/core/exceptions'

/** One of the errors of an API answer. Codes are stable: programs switch on them. */
export interface ErrorEntry {
  code: string
  message: string
  /** The parameter at fault. */
  field?: string
}

/** An expected failure of the API, with what its caller needs to mend the request. */
export class ApiError extends Exception {
  constructor(
    status: number,
    readonly errors: ErrorEntry[],
    readonly meta?: Record<string, unknown>
  ) {
    super(errors[0]?.message, { status, code: errors[0]?.code })
  }
}
