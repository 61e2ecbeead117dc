/**
 * - `rate`     GMGN wants to be left alone until `resumeAt`; asking earlier prolongs it
 * - `auth`     the key, the clock or the network address of this machine is not accepted
 * - `refused`  anything else that is no answer
 */
export type GmgnFailureKind = 'rate' | 'auth' | 'refused'

/** A request to GMGN that brought no lists. */
export class GmgnFailure extends Error {
  constructor(
    readonly kind: GmgnFailureKind,
    message: string,
    /** For `rate`: when the next request may be made, in epoch milliseconds. */
    readonly resumeAt: number | null = null
  ) {
    super(message)
    this.name = 'GmgnFailure'
  }
}
