import type { HttpContext } from '@adonisjs/core/http'
import demoConfig from '#config/demo'
import { languageState, visitorLocale, visitorTheme } from '#http/page_language'

/** Gives a page's templates the visitor's language and theme, and where the page is. */
export function preparePage(ctx: HttpContext) {
  ctx.view.share({
    ...languageState(visitorLocale(ctx)),
    theme: visitorTheme(ctx),
    isDemo: demoConfig.isOn,
    here: ctx.request.method() === 'GET' ? ctx.request.url(true) : '/',
  })
}
