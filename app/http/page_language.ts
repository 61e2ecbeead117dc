import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import edge from 'edge.js'

/** Cookies that remember a visitor's choice. */
export const LOCALE_COOKIE = 'regou-locale'
export const THEME_COOKIE = 'regou-theme'

/** How they are kept. Over plain HTTP too: there is nothing secret in a language. */
export const REMEMBERED = { maxAge: '1y', secure: false }

export const locales = ['zh-CN', 'en'] as const
export const themes = ['auto', 'light', 'dark'] as const

export type Locale = (typeof locales)[number]
type Theme = (typeof themes)[number]

/** The language a visitor chose, else the one the browser asks for, else Chinese. */
export function visitorLocale({ request }: HttpContext): Locale {
  const chosen = locales.find((locale) => locale === request.plainCookie(LOCALE_COOKIE))
  return chosen ?? request.languages().map(ownLocale).find(Boolean) ?? 'zh-CN'
}

/** Any Chinese is served by ours, any English by ours. */
function ownLocale(language: string): Locale | undefined {
  const [wanted] = language.toLowerCase().split('-')
  return locales.find((locale) => locale.split('-')[0] === wanted)
}

/** The theme a visitor chose; `auto` follows the system. */
export function visitorTheme({ request }: HttpContext): Theme {
  return themes.find((theme) => theme === request.plainCookie(THEME_COOKIE)) ?? 'auto'
}

/** Renders templates in a language, outside of any request. */
export function rendererFor(locale: Locale) {
  return edge.createRenderer().share(languageState(locale))
}

/** What every template knows of the language. */
export function languageState(locale: Locale) {
  const i18n = i18nManager.locale(locale)
  const fixed = fixedMessages[locale]

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
const fixedMessages: Record<Locale, Map<string, string>> = { 'zh-CN': new Map(), 'en': new Map() }
