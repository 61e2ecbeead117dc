import type { HttpContext } from '@adonisjs/core/http'
import accountsConfig from '#config/accounts'
import { systemClock } from '#foundation/clock'
import { beginSession } from '#middleware/member_session'
import { loginPage, refuseLogin, requestedSite } from '#views/login_page'
import { visitorLocale } from '#http/language'
import { loginValidator, nextValidator } from '#validators/visitor_forms'
import { logIn } from '#accounts/login/log_in'
import { LoginRefused } from '#accounts/login/login_refused'

const HOME = '/user-center'

export default class LoginController {
  /** Offers the wallets of this browser; who has logged in is taken on. */
  async show(ctx: HttpContext) {
    const [, query] = await nextValidator.tryValidate(ctx.request.qs())
    const next = query?.next
    return ctx.auth.use('web').user
      ? ctx.response.redirect().toPath(next ?? HOME)
      : loginPage(ctx, next)
  }

  /** Logs in the wallet that signed the message. */
  async store(ctx: HttpContext) {
    const [error, login] = await loginValidator.tryValidate(ctx.request.body())
    const site = requestedSite(ctx)
    if (error || !site) {
      return refuseLogin(ctx, error ? 'malformed' : 'not_here')
    }

    const { message, signature, next, time_zone: timeZone } = login
    try {
      const signed = { message, signature, site, timeZone, language: visitorLocale(ctx) }
      const user = await logIn(signed, accountsConfig, systemClock)
      await beginSession(ctx, user, systemClock)
    } catch (refused) {
      if (refused instanceof LoginRefused) return refuseLogin(ctx, refused.reason, next)
      throw refused
    }
    return ctx.response
      .redirect()
      .status(303)
      .toPath(next ?? HOME)
  }
}
