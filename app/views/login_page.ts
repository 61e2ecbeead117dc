import type { HttpContext } from '@adonisjs/core/http'
import accountsConfig from '#config/accounts'
import { languageState, visitorLocale } from '#http/language'
import { qrCode } from '#views/qr_code'
import { walletLinks } from '#views/wallet_links'
import type { LoginFault } from '#accounts/login/login_refused'
import { loginSite } from '#accounts/login/login_site'

/** Why a login went no further: for a reason of the message, or of this site. */
type Reason = LoginFault | 'too_many' | 'not_here'

const STATUS: Partial<Record<Reason, number>> = {
  too_many: 429,
  not_here: 409,
  chain_unreachable: 503,
}

/** The page to log in on. `next` is where it leads. */
export function loginPage(ctx: HttpContext, next?: string, refusal?: Reason) {
  const site = requestedSite(ctx)
  const query = next ? `?${new URLSearchParams({ next })}` : ''
  const url = `${site?.uri ?? ctx.request.completeUrl()}${query}`
  return ctx.view.render('pages/login', {
    next,
    refusal,
    isPossible: site !== null,
    url,
    links: walletLinks(url),
    // To a phone, localhost is the phone.
    code: accountsConfig.appUrl ? qrCode(url) : null,
  })
}

/** Says why, in the visitor's language: as a page, or as JSON where a script asks. */
export function refuseLogin(ctx: HttpContext, reason: Reason, next?: string) {
  ctx.response.status(STATUS[reason] ?? 422)
  if (ctx.request.accepts(['html', 'json']) === 'json') {
    const message = languageState(visitorLocale(ctx)).t(`login.refused.${reason}`)
    return { errors: [{ code: reason, message }] }
  }
  return loginPage(ctx, next, reason)
}

/** The site that this request may log in at, or null. */
export function requestedSite({ request }: HttpContext) {
  return loginSite(accountsConfig.appUrl, request.host() ?? '')
}
