import type { PushHealthFigures } from '#health/figures'
import type { HealthFinding } from '#health/finding'
import { isAtWork } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'

/** A poll is held for less than half a minute, so that one that works ends far sooner. In milliseconds. */
const SILENT_MS = 3 * 60_000

type Seen = Pick<PushHealthFigures, 'telegram' | 'ways' | 'processes'>

/** What is wrong with pushing over Telegram and to robots at `now` (epoch milliseconds). */
export function telegramTrouble(
  seen: Seen,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  return [...(settings.isTelegram ? silentBot(seen, now) : []), ...lowWays(seen, settings)]
}

/** Without a process that polls, that is the finding. */
function silentBot({ telegram, processes }: Seen, now: number): HealthFinding[] {
  const { active: chats, trouble, polled_at: polledAt } = telegram
  const isPolled = processes.some((state) => state.kind === 'send:telegram' && isAtWork(state, now))
  const isSilent = trouble !== null && now - (polledAt ?? 0) >= SILENT_MS
  return isPolled && isSilent
    ? [{ name: 'telegram_silent', level: 'critical', chats, trouble }]
    : []
}

function lowWays(
  { ways }: Seen,
  { coverage: { degradedBelow, criticalBelow } }: PushHealthSettings
): HealthFinding[] {
  return ways.flatMap(({ way, coverage, sent, waiting, failed }): HealthFinding[] => {
    if (coverage === null || coverage >= degradedBelow) return []
    const level = way === 'telegram' && coverage < criticalBelow ? 'critical' : 'degraded'
    const due = sent + waiting + failed
    return [{ name: 'way_coverage_low', level, way, coverage, due, missing: due - sent }]
  })
}
