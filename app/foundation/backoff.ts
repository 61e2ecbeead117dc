interface Growth {
  /** The wait after the first failure, in milliseconds. */
  firstMs: number
  /** The longest wait, in milliseconds. Not set: it grows without end. */
  longestMs?: number
}

/**
 * The wait before the next try, in milliseconds: it doubles with each failure.
 *
 * @param earlier failures in a row before the one that has just happened
 */
export function backoff({ firstMs, longestMs = Infinity }: Growth, earlier: number): number {
  return Math.min(firstMs * 2 ** earlier, longestMs)
}
