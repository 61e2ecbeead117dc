import type { HttpContext } from '@adonisjs/core/http'
import languages from '#config/languages'
import { systemClock } from '#foundation/clock'
import { visitorLocale, type Locale } from '#http/language'

/** Who looks at a page, and when: the language and clock that times and numbers are written in. */
export interface Viewer {
  locale: Locale
  /** By its IANA name. */
  timeZone: string
  localTime: LocalTimes
  /** Epoch milliseconds. */
  now: number
}

/** The viewer of a page that only members see. `now` is in epoch milliseconds. */
export function viewerOf(ctx: HttpContext, now = systemClock.now()): Viewer {
  return viewerIn(visitorLocale(ctx), ctx.auth.use('web').getUserOrFail().timeZone, now)
}

/** The viewer of a page that anyone sees, who may be a member. */
export function visitingViewer(ctx: HttpContext, now = systemClock.now()): Viewer {
  return viewerIn(visitorLocale(ctx), ctx.auth.use('web').user?.timeZone ?? null, now)
}

/** A viewer who has not chosen a time zone gets the usual one of the language. */
export function viewerIn(locale: Locale, chosenZone: string | null, now: number): Viewer {
  const timeZone = chosenZone ?? languages[locale].timeZone
  return { locale, timeZone, localTime: localTimes(timeZone, locale), now }
}

/** Writes times (epoch milliseconds) as a clock and a calendar of that zone have them. */
function localTimes(timeZone: string, locale: Locale) {
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const precise = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone })
  return (ms: number) => ({
    iso: new Date(ms).toISOString(),
    text: format.format(ms),
    /** With seconds. */
    precise: precise.format(ms),
    /** The time of the day to the second. */
    clock: clock.format(ms),
  })
}

export type LocalTimes = ReturnType<typeof localTimes>
