import type { HttpContext } from '@adonisjs/core/http'
import accountsConfig from '#config/accounts'
import { systemClock } from '#foundation/clock'
import { refuseLogin, requestedSite } from '#views/login_page'
import { walletValidator } from '#validators/visitor_forms'
import { issueMessage } from '#accounts/login/login_message'

export default class LoginMessagesController {
  /** The message for a wallet to sign, for the script of the login page. */
  async store(ctx: HttpContext) {
    const [error, wallet] = await walletValidator.tryValidate(ctx.request.body())
    const site = requestedSite(ctx)
    if (error || !site) {
      return refuseLogin(ctx, error ? 'malformed' : 'not_here')
    }
    return { message: await issueMessage(wallet.address, site, accountsConfig, systemClock) }
  }
}
