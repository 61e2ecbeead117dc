import type { HttpContext } from '@adonisjs/core/http'
import { changeProfile } from '#accounts/change_account'
import { systemClock } from '#foundation/clock'
import { LOCALE_COOKIE } from '#http/language'
import { CURRENCY_COOKIE } from '#http/money'
import { DENSITY_COOKIE, REMEMBERED, THEME_COOKIE } from '#http/page_state'
import { preferencesValidator } from '#validators/visitor_forms'

export default class PreferencesController {
  /** Remembers the language, theme, currency or density that a visitor chose; the language in the account too, if there is one. */
  async update({ auth, request, response }: HttpContext) {
    const {
      locale,
      theme,
      currency,
      density,
      back = '/',
    } = await preferencesValidator.validate(request.body())

    if (locale) response.plainCookie(LOCALE_COOKIE, locale, REMEMBERED)
    const { user } = auth.use('web')
    if (locale && user) await changeProfile(user, { language: locale }, systemClock)
    if (theme) response.plainCookie(THEME_COOKIE, theme, REMEMBERED)
    if (currency) response.plainCookie(CURRENCY_COOKIE, currency, REMEMBERED)
    if (density) response.plainCookie(DENSITY_COOKIE, density, REMEMBERED)
    response.redirect().status(303).toPath(back)
  }
}
