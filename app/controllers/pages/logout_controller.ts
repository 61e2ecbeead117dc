import type { HttpContext } from '@adonisjs/core/http'
import { endSession, endSessions } from '#accounts/sessions/sessions'

export default class LogoutController {
  /** Ends this session. */
  async store({ auth, response, userSession }: HttpContext) {
    const guard = auth.use('web')
    await endSession(guard.getUserOrFail().id, userSession!.id)
    await guard.logout()
    response.redirect().status(303).toPath('/')
  }

  /** Ends the sessions of every device. */
  async everywhere(ctx: HttpContext) {
    await endSessions(ctx.auth.use('web').getUserOrFail().id, null)
    return this.store(ctx)
  }
}
