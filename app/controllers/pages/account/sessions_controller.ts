import type { HttpContext } from '@adonisjs/core/http'
import { endSession, endSessions } from '#accounts/sessions/sessions'
import { backToPanel } from '#http/form_answers'

/** Where the user is logged in. */
export default class SessionsController {
  /** Ends one session; that of this browser as well. */
  async destroy(ctx: HttpContext) {
    await endSession(ctx.auth.use('web').getUserOrFail().id, Number(ctx.params.id))
    backToPanel(ctx, 'sessions', { key: 'sessionEnded' })
  }

  /** Ends all but that of this browser. */
  async destroyOthers(ctx: HttpContext) {
    await endSessions(ctx.auth.use('web').getUserOrFail().id, ctx.userSession!.id)
    backToPanel(ctx, 'sessions', { key: 'sessionsEnded' })
  }
}
