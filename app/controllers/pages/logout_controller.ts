import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { signOutEverywhere } from '#accounts/change_account'

export default class LogoutController {
  /** Ends this session. */
  async store({ auth, response }: HttpContext) {
    await auth.use('web').logout()
    response.redirect().status(303).toPath('/')
  }

  /** Ends the sessions of every device. */
  async everywhere(ctx: HttpContext) {
    await signOutEverywhere(ctx.auth.use('web').getUserOrFail(), systemClock)
    return this.store(ctx)
  }
}
