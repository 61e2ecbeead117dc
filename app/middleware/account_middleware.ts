import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { addressView, identicon } from '#views/address_view'
import { systemClock } from '#foundation/clock'
import { keepSession } from '#middleware/member_session'

/** Knows which account looks at a page, if one is logged in, and tells the page's header. */
export default class AccountMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const manager = await ctx.containerResolver.make('auth.manager')
    ctx.auth = manager.createAuthenticator(ctx)
    const guard = ctx.auth.use('web')

    if (await guard.check()) {
      const kept = await keepSession(ctx.session, guard.getUserOrFail(), systemClock)
      if (kept) ctx.userSession = kept
      else await guard.logout()
    }
    const wallet = guard.user?.walletAddress
    ctx.view.share({ visitor: wallet ? { ...addressView(wallet), icon: identicon(wallet) } : null })
    return next()
  }
}
