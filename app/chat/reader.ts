import app from '@adonisjs/core/services/app'
import emitter from '@adonisjs/core/services/emitter'
import { I18nManager } from '@adonisjs/i18n'
import i18nConfig from '#config/i18n'
import languages from '#config/languages'
import type User from '#models/user'

type Language = keyof typeof languages

const locales = Object.keys(languages) as Language[]

/** Who reads a message: in which words, and by which clock. Times are epoch milliseconds. */
export interface Reader {
  locale: Language
  /** By its IANA name. */
  timeZone: string
  /** A text of `resources/lang/…/chat.json`. */
  t: (key: string, data?: Record<string, unknown>) => string
  /** A text of another file there. */
  words: (key: string) => string
  /** The time of the day to the second. */
  clock: (at: number) => string
  /** Day and minute. */
  moment: (at: number) => string
}

/** How a user is written to: as the profile says, else as most of our readers are. */
export async function readerOf({
  language,
  timeZone,
}: Pick<User, 'language' | 'timeZone'>): Promise<Reader> {
  const locale = localeOf(language)
  const zone = timeZoneOf({ language, timeZone })
  const texts = await translations()
  const i18n = texts.locale(locale)
  const day = { month: 'numeric', day: 'numeric' } as const
  const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

  return {
    locale,
    timeZone: zone,
    t: (key, data) => i18n.t(`chat.${key}`, data),
    words: (key) => i18n.t(key),
    clock: timesIn(locale, zone, { ...minute, second: '2-digit' }),
    moment: timesIn(locale, zone, { ...day, ...minute }),
  }
}

/** Where a user's day begins, by the IANA name: as the profile says, else as the language does. */
export function timeZoneOf({ language, timeZone }: Pick<User, 'language' | 'timeZone'>): string {
  return timeZone ?? languages[localeOf(language)].timeZone
}

function localeOf(language: string | null): Language {
  return locales.find((one) => one === language) ?? locales[0]!
}

/** A sender has no provider of translations: it starts sooner without those of pages. */
function translations(): Promise<I18nManager> {
  loaded ??= load()
  return loaded
}

let loaded: Promise<I18nManager> | undefined

async function load() {
  const manager = new I18nManager(emitter as never, await i18nConfig.resolver(app))
  await manager.loadTranslations()
  return manager
}

/** Making a format takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function timesIn(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${timeZone} ${Object.keys(options).join()}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(key, format)
  return (at: number) => format.format(at)
}
