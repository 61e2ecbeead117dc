import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { tronAccountsOf, unwatchTron, watchTron } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import { tronAccountView } from '#views/tron_account_view'
import { watchedAccount } from '#validators/tron_queries'

/** Accounts of TRON that the token's account watches. */
export default class AccountsController {
  async index(ctx: HttpContext) {
    const accounts = await tronAccountsOf(watcher(ctx))
    return { data: accounts.map(tronAccountView) }
  }

  /** Watches an account; one that is watched already gets the label. */
  async store(ctx: HttpContext) {
    const { pool_account_id: poolAccountId, ...wish } = await watchedAccount.read(
      ctx.request.body()
    )
    const account = await watchTron(watcher(ctx), { ...wish, poolAccountId }, systemClock)
    ctx.response.status(201)
    return { data: tronAccountView(account) }
  }

  async destroy(ctx: HttpContext) {
    if (!(await unwatchTron(watcher(ctx), ctx.params.address))) {
      throw new Refusal('unknown', 'unknown_account', 'This account is not watched')
    }
    return ctx.response.noContent()
  }
}

function watcher({ auth }: HttpContext) {
  return { ownerId: auth.getUserOrFail().reach, chainId: tronConfig.network.chainId }
}
