import type { HttpContext } from '@adonisjs/core/http'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { visitorLocale } from '#transformers/page_language'
import { userCenterView } from '#transformers/user_center/user_center_view'
import { recentPushes } from '../../../accounts/data/recent_pushes.js'
import { switchesOf } from '../../../accounts/subscriptions.js'

const PUSHES = 50

export default class UserCenterController {
  /** Everything that somebody has here, and may change. */
  async show(ctx: HttpContext) {
    const user = ctx.auth.use('web').getUserOrFail()
    const [switches, tokens, endpoints] = await Promise.all([
      switchesOf(user.id),
      User.accessTokens.all(user),
      WebhookEndpoint.query().where('owner_id', user.id).orderBy('id'),
    ])
    const pushes = await recentPushes(endpoints, PUSHES)

    const stored = { user, switches, tokens, endpoints, pushes }
    return ctx.view.render('pages/user_center', userCenterView(stored, visitorLocale(ctx)))
  }
}
