import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import edge from 'edge.js'
import languages from '#config/languages'

/** The cookie that remembers a visitor's choice. */
export const LOCALE_COOKIE = 'regou-locale'

export type Locale = keyof typeof languages

export const locales = Object.keys(languages) as [Locale, ...Locale[]]

/** The language a visitor chose, else the one the browser asks for, else the first of ours. */
export function visitorLocale({ request }: HttpContext): Locale {
  const chosen = locales.find((locale) => locale === request.plainCookie(LOCALE_COOKIE))
  return chosen ?? request.languages().map(ownLocale).find(Boolean) ?? locales[0]
}

/** Any Chinese is served by ours, any English by ours. */
function ownLocale(language: string): Locale | undefined {
  const [wanted] = language.toLowerCase().split('-')
  return locales.find((locale) => locale.split('-')[0] === wanted)
}

/** Renders templates in a language, outside of any request. */
export function rendererFor(locale: Locale) {
  return edge.createRenderer().share(languageState(locale))
}

/** What every template knows of the language. */
export function languageState(locale: Locale) {
  const i18n = i18nManager.locale(locale)
  const fixed = fixedMessages.get(locale)!

  return {
    locale,
    t: (key: string, data?: Record<string, unknown>) => {
      if (data) return i18n.t(key, data)
      if (!fixed.has(key)) fixed.set(key, i18n.t(key))
      return fixed.get(key)!
    },
  }
}

/** Messages without values in them: a page of rows asks for each fifty times, and parsing one takes long. */
const fixedMessages = new Map(locales.map((locale) => [locale, new Map<string, string>()]))
