import { backoff } from '#foundation/backoff'
import { isKeyReason } from '#models/okx_reasons'
import type { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxVenue } from '#collectors/okx/rest/okx_venue'

/** Waits before a connection is tried again, in milliseconds. */
export const RECONNECTING = { firstMs: 500, longestMs: 30_000 }

/** A key that OKX does not take is tried again so often, in milliseconds: its owner has to act. */
const REFUSED_MS = 60_000

interface Connection {
  venue: OkxVenue
  /** Answers a number from 0 to 1. */
  random: () => number
  /** From the opening of a connection to its end. Answers why it ended. */
  session: () => Promise<OkxFailure>
  /** Is told why it ended, and after how many milliseconds it is tried again. */
  onEnded: (failure: OkxFailure, waitMs: number) => unknown
}

/** Has a connection opened anew when it has ended, until the signal aborts. */
export async function keepConnected(connection: Connection, signal: AbortSignal) {
  const { venue, session, onEnded } = connection
  const { clock } = venue
  let failures = 0
  while (!signal.aborted) {
    const startedAt = clock.elapsed()
    const ended = await session()
    if (signal.aborted) break
    const failure = await venue.maintenance.explain(ended)
    const wasShort = clock.elapsed() - startedAt < RECONNECTING.longestMs
    failures = wasShort ? failures + 1 : 1
    const waitMs = waitAfter(failure, failures, connection.random())
    await onEnded(failure, waitMs)
    if (failure.kind === 'clock') await venue.measureClock().catch(() => {})
    await clock.sleep(waitMs, signal)
  }
}

function waitAfter(failure: OkxFailure, failures: number, random: number): number {
  if (isKeyReason(failure.kind)) {
    return REFUSED_MS
  }
  const grown = backoff(RECONNECTING, failures - 1)
  // All connections of a server end at the same moment, and should not return at the same.
  return failure.retryAfterMs ?? grown * (0.5 + random / 2)
}
