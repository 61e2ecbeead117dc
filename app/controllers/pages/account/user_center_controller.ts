import type { HttpContext } from '@adonisjs/core/http'
import { channels } from '#start/channels'
import { systemClock } from '#foundation/clock'
import Payment from '#models/payment'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { viewerOf } from '#http/viewer'
import { userCenterView } from '#views/user_center_view'
import { planState } from '#accounts/plan_state'
import { recentPushes } from '#accounts/personal_data/recent_pushes'
import { reachedSwitches, switchesOf } from '#accounts/subscriptions'

const PUSHES = 50
const PAYMENTS = 50

export default class UserCenterController {
  /** Everything that a user has here, and may change. */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const now = systemClock.now()
    const [plan, payments, switches, reached, tokens, endpoints] = await Promise.all([
      planState(user.id, now),
      Payment.query().where('owner_id', user.id).orderBy('id', 'desc').limit(PAYMENTS),
      switchesOf(user.id),
      reachedSwitches(user.id, channels, now),
      User.accessTokens.all(user),
      WebhookEndpoint.query().where('owner_id', user.id).orderBy('id'),
    ])
    const pushes = await recentPushes(endpoints, PUSHES)

    const stored = { user, plan, payments, switches, reached, tokens, endpoints, pushes }
    return ctx.view.render('pages/user_center', userCenterView(stored, viewerOf(ctx, now)))
  }
}
