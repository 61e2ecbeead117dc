import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import wechatConfig from '#config/wechat'
import { systemClock } from '#foundation/clock'
import { isRefusal } from '#foundation/errors'
import type { Notice } from '#http/form_answers'
import { digitsValidator } from '#validators/account_forms'
import { LoginFollower } from '#wechat/binding/login_follower'
import { cancelLogin, enterDigits, startLogin } from '#wechat/binding/qr_login'
import { ILinkFailure } from '#wechat/ilink/answer'
import { ILinkClient } from '#wechat/ilink/client'

/** Codes that the user scans to bind their WeChat. */
@inject()
export default class LoginsController {
  constructor(
    private readonly client: ILinkClient,
    private readonly follower: LoginFollower
  ) {}

  async store(ctx: HttpContext) {
    if (!wechatConfig.isEnabled) {
      return back(ctx, { key: 'off', isProblem: true })
    }
    try {
      const login = await startLogin(userOf(ctx), { client: this.client, clock: systemClock })
      this.follower.follow(login.id)
      return back(ctx)
    } catch (error) {
      return back(ctx, noticeOf(ctx, error))
    }
  }

  async update(ctx: HttpContext) {
    const { digits } = await digitsValidator.validate(ctx.request.body())
    try {
      await enterDigits(userOf(ctx), digits)
      return back(ctx)
    } catch (error) {
      return back(ctx, noticeOf(ctx, error))
    }
  }

  async destroy(ctx: HttpContext) {
    await cancelLogin(userOf(ctx), systemClock)
    return back(ctx)
  }
}

function userOf({ auth }: HttpContext): number {
  return auth.use('web').getUserOrFail().id
}

function back({ session, response }: HttpContext, notice?: Notice) {
  if (notice) session.flash('notice', notice)
  return response.redirect().status(303).toPath('/wechat/direct')
}

function noticeOf({ logger }: HttpContext, error: unknown): Notice {
  if (isRefusal(error, 'too_many_logins')) return { key: 'tooMany', isProblem: true }
  if (isRefusal(error, 'invalid_parameter')) return { key: 'notDigits', isProblem: true }
  if (!(error instanceof ILinkFailure)) throw error
  logger.error(`no code to bind WeChat with: ${error.message}`)
  return { key: 'unreachable', isProblem: true }
}
