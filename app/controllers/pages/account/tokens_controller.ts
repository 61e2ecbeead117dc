import type { Infer } from '@vinejs/vine/types'
import type { HttpContext } from '@adonisjs/core/http'
import { issueToken } from '#accounts/tokens/tokens'
import User from '#models/user'
import { backToPanel, limitNotice, type Notice } from '#http/form_answers'
import { tokenValidator } from '#validators/account_forms'

const DAY_MS = 86_400_000

type TokenWish = Infer<typeof tokenValidator>

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
    const notice = await this.#issue(ctx.auth.use('web').getUserOrFail(), wish)
    backToPanel(ctx, 'tokens', notice)
  }

  async #issue(owner: User, { name, scopes, days }: TokenWish): Promise<Notice> {
    try {
      const lifetimeMs = days === 0 ? null : days * DAY_MS
      const { token } = await issueToken({ owner, name, scopes, lifetimeMs })
      return { key: 'tokenMade', secret: token }
    } catch (error) {
      const notice = limitNotice(error)
      if (!notice) throw error
      return notice
    }
  }

  /** Revokes a token; a second time changes nothing. */
  async destroy(ctx: HttpContext) {
    await User.accessTokens.delete(ctx.auth.use('web').getUserOrFail(), Number(ctx.params.id))
    backToPanel(ctx, 'tokens', { key: 'tokenRevoked' })
  }
}
