import type { Logger } from '@adonisjs/core/logger'
import { TransientError } from '#foundation/errors'

/**
 * What a failed call means for a caller that has to read the chain nevertheless.
 *
 * - `transient`  the same call may work in a moment
 * - `timeout`    no answer in time: the endpoint may be down, or need fewer blocks per call
 * - `rate`       this endpoint limits requests: it is asked again after a while
 * - `range`      fewer blocks per call may work
 * - `implausible` it called a block its newest that cannot be: it is asked last for a while
 * - `malformed`  it answered what no node answers: it is asked last for a while
 * - `misnumbered` it gave one log index to two logs of a block
 * - `foreign`    it speaks for another chain
 * - `lagging`    the backend that answered has not seen that block yet
 * - `pruned`     this endpoint no longer has that history
 * - `unproven`   it hid logs, or nothing stands behind what it says
 * - `no_logs`    this endpoint does not serve logs at all
 * - `permanent`  the call will never work here
 */
export type FailureKind =
  | 'transient'
  | 'timeout'
  | 'rate'
  | 'range'
  | 'implausible'
  | 'malformed'
  | 'misnumbered'
  | 'foreign'
  | 'lagging'
  | 'pruned'
  | 'unproven'
  | 'no_logs'
  | 'permanent'

interface FailureDetails {
  /** How many blocks the endpoint says it would serve in one call. */
  suggestedSpan?: number
  /** How long the endpoint asks to wait, in milliseconds. */
  retryAfterMs?: number
  /** It refuses the key of its URL, or asks for one. */
  refusesKey?: boolean
  /** The endpoint said so itself, as an error of JSON-RPC. */
  isAnswer?: boolean
  cause?: unknown
}

/** A call to an endpoint that did not yield an answer that can be used. */
export class RpcFailure extends TransientError<FailureKind> {
  readonly suggestedSpan?: number
  readonly refusesKey: boolean
  readonly isAnswer: boolean

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(kind, message, details)
    this.suggestedSpan = details.suggestedSpan
    this.refusesKey = details.refusesKey ?? false
    this.isAnswer = details.isAnswer ?? false
  }
}

/** Which of several failures to go by: the one with the most hope in it. */
const HOPE: FailureKind[] = [
  'transient',
  'timeout',
  'rate',
  'malformed',
  'misnumbered',
  'implausible',
  'lagging',
  'range',
  'no_logs',
  'permanent',
  'pruned',
  'unproven',
  'foreign',
]

/** The failure to go by where all endpoints have failed. */
export function mostHopeful(failures: readonly RpcFailure[]): RpcFailure {
  return failures.toSorted((one, other) => HOPE.indexOf(one.kind) - HOPE.indexOf(other.kind))[0]!
}

/**
 * For `every`, around work beside the reading of a chain: where endpoints fail, the work is done at
 * its next time instead. Any other error is thrown on.
 */
export function putOff(work: string, logger: Logger) {
  return (error: Error) => {
    if (!(error instanceof RpcFailure)) {
      throw error
    }
    logger.debug(`${work} put off: ${error.message}`)
  }
}
