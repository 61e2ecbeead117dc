import type { HttpContext } from '@adonisjs/core/http'
import accountsConfig from '#config/accounts'
import demoConfig from '#config/demo'
import languages from '#config/languages'
import { systemClock } from '#foundation/clock'
import { languageState, locales, visitorLocale } from '#http/language'

/** The cookie that remembers a visitor's choice. */
export const THEME_COOKIE = 'regou-theme'

/** How choices are remembered. Over plain HTTP too: there is nothing secret in a language. */
export const REMEMBERED = { maxAge: '1y', secure: false }

export const themes = ['auto', 'light', 'dark'] as const

export const DENSITY_COOKIE = 'regou-density'

/** How much room a row of the feed takes. */
export const densities = ['comfortable', 'dense'] as const

/** Gives a page's templates the visitor's language and theme, and where the page is. */
export function preparePage(ctx: HttpContext) {
  ctx.view.share({
    ...languageState(visitorLocale(ctx)),
    languages: locales.map((locale) => ({ locale, ...languages[locale] })),
    theme: visitorTheme(ctx),
    themes,
    density: densityOf(ctx),
    isDemo: demoConfig.isOn,
    site: siteOf(ctx.request),
    serverTime: systemClock.now(),
    here: ctx.request.method() === 'GET' ? ctx.request.url(true) : '/',
  })
}

/** The address that this site has for others: as the operator says, else as it was asked. */
export function siteOf(request: HttpContext['request']): string {
  return accountsConfig.appUrl ?? `${request.protocol()}://${request.host()}`
}

/** The theme a visitor chose; `auto` follows the system. */
function visitorTheme({ request }: HttpContext): (typeof themes)[number] {
  return themes.find((theme) => theme === request.plainCookie(THEME_COOKIE)) ?? 'auto'
}

function densityOf({ request }: HttpContext): (typeof densities)[number] {
  return request.plainCookie(DENSITY_COOKIE) === 'dense' ? 'dense' : 'comfortable'
}
