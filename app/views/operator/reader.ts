import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { visitorLocale } from '#http/page_language'
import type { Locale } from '#http/page_language'
import { localTimes, shownZone } from '#views/user_center/local_time'
import type { LocalTimes } from '#views/user_center/local_time'

/** Who reads a page, and when: the language and clock that times and numbers are written in. */
export interface Reader {
  locale: Locale
  localTime: LocalTimes
  /** Epoch milliseconds. */
  now: number
}

export function operatorReader(ctx: HttpContext): Reader {
  const { timeZone } = ctx.auth.use('web').getUserOrFail()
  const locale = visitorLocale(ctx)
  return {
    locale,
    localTime: localTimes(shownZone(timeZone, locale), locale),
    now: systemClock.now(),
  }
}
