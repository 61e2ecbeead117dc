import type { HttpContext } from '@adonisjs/core/http'
import { issueToken } from '#accounts/tokens/tokens'
import User from '#models/user'
import { backToPanel } from '#http/form_answers'
import { tokenValidator } from '#validators/account_forms'

const DAY_MS = 86_400_000

export default class TokensController {
  /** Makes a token, which the next page shows this once. */
  async store(ctx: HttpContext) {
    const [error, wish] = await tokenValidator.tryValidate(ctx.request.body())
    if (error) {
      return backToPanel(ctx, 'tokens', {
        key: 'tokenIncomplete',
        isProblem: true,
        kept: ['name', 'days', 'scopes'],
      })
    }
    const { token } = await issueToken({
      owner: ctx.auth.use('web').getUserOrFail(),
      name: wish.name,
      scopes: wish.scopes,
      lifetimeMs: wish.days === 0 ? null : wish.days * DAY_MS,
    })
    backToPanel(ctx, 'tokens', { key: 'tokenMade', secret: token })
  }

  /** Revokes a token; a second time changes nothing. */
  async destroy(ctx: HttpContext) {
    await User.accessTokens.delete(ctx.auth.use('web').getUserOrFail(), Number(ctx.params.id))
    backToPanel(ctx, 'tokens', { key: 'tokenRevoked' })
  }
}
