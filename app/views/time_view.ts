import { ageText } from '#feed/age_text'
import type { Locale } from '#http/language'

/** Facts stored later than this after their block were read while catching up, in milliseconds. */
const LIVE_WITHIN_MS = 60_000

/** A moment as an age that ticks, with the exact time behind it. */
export function timeView(time: unknown, locale: Locale, now: number) {
  const ms = Number(time)
  return { ms, iso: new Date(ms).toISOString(), age: ageText(now - ms, locale) }
}

/** How long after its block a fact was stored (`1.2 s`), or null when it was not read live. */
export function latencyView(fact: { event_time?: unknown; created_at?: unknown }): string | null {
  const ms = Number(fact.created_at) - Number(fact.event_time)
  return ms >= 0 && ms <= LIVE_WITHIN_MS ? `${(ms / 1000).toFixed(1)} s` : null
}
