import type { Locale } from '#http/page_language'

/** Where most of those live who read a language, until they say otherwise. */
const USUAL_ZONE: Record<Locale, string> = { 'zh-CN': 'Asia/Shanghai', 'en': 'UTC' }

/** The zone that times are shown in to somebody. */
export function shownZone(timeZone: string | null, locale: Locale): string {
  return timeZone ?? USUAL_ZONE[locale]
}

/** Writes times (epoch ms) as somebody's clock and calendar have them. */
export function localTimes(timeZone: string, locale: Locale) {
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  return (ms: number) => ({ iso: new Date(ms).toISOString(), text: format.format(ms) })
}

export type LocalTimes = ReturnType<typeof localTimes>
