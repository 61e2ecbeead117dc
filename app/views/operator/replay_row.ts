import type Replay from '#models/replay'
import type { Reader } from '#views/operator/reader'
import { timeView } from '#views/time_view'

/** A replay as a line of the list. */
export function replayRow(replay: Replay, { locale, localTime, now }: Reader) {
  const { since, ratePerSecond } = replay
  return {
    id: replay.id,
    kind: replay.kind,
    state: replay.state,
    isRunning: replay.state === 'running',
    percent: Math.floor(progressOf(replay) * 100),
    since: since > 0 ? localTime(since) : null,
    rate: ratePerSecond?.toLocaleString(locale) ?? null,
    added: replay.added.toLocaleString(locale),
    revived: replay.revived.toLocaleString(locale),
    begun: timeView(replay.createdAt, locale, now),
  }
}

/** The share of the time between its ends that a replay has gone through, from 0 to 1. */
function progressOf({ state, since, until, reachedAt }: Replay): number {
  if (state === 'done') {
    return 1
  }
  const share = reachedAt === null ? 0 : (reachedAt - since) / (until - since)
  return Math.min(1, Math.max(0, share))
}
