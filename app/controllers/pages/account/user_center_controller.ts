import type { HttpContext } from '@adonisjs/core/http'
import { channels } from '#start/channels'
import { systemClock } from '#foundation/clock'
import Payment from '#models/payment'
import User from '#models/user'
import WebhookEndpoint from '#models/webhook_endpoint'
import { newestChecks } from '#feed/tron/account_checks'
import { viewerOf } from '#http/viewer'
import { okxAccountView } from '#views/okx_account_view'
import { sessionView } from '#views/session_view'
import { tronAccountView } from '#views/tron_account_view'
import { userCenterView } from '#views/user_center_view'
import okxConfig from '#config/okx'
import tronConfig from '#config/tron'
import { sessionsOf } from '#accounts/sessions/sessions'
import { planState } from '#accounts/plan_state'
import { recentPushes } from '#accounts/personal_data/recent_pushes'
import { reachedSwitches, switchesOf } from '#accounts/subscriptions'
import { okxAccountsOf } from '#collectors/okx/accounts/account_list'
import { tronAccountsOf } from '#accounts/tron_accounts'
import { chatKindsFor } from '#chat/kinds/registry'
import { preferencesOf } from '#chat/preferences/preferences'
import { watchesOf } from '#chat/preferences/watches'
import { officialAccount } from '#controllers/wechat/official_account_controller'
import { ownBot } from '#telegram/binding/bot_link'
import { chatsOf } from '#telegram/binding/chats'
import { chatView } from '#views/chat_view'
import { waysOutView } from '#views/ways_out_view'
import { currentBinding } from '#wechat/binding/unbind'
import { followerOfUser } from '#wechat/official_account/followers'

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
    const { chainId } = tronConfig.network
    const okxAccounts = await okxAccountsOf(user.id)
    const tronAccounts = await tronAccountsOf({ ownerId: user.id, chainId })
    const checks = await newestChecks(
      chainId,
      tronAccounts.map(({ address }) => address)
    )

    const sessions = await sessionsOf(user.id, systemClock)

    const stored = { user, plan, payments, switches, reached, tokens, endpoints, pushes }
    const viewer = viewerOf(ctx, now)
    const chats = await this.#chat(user.id)
    const ways = await this.#ways(user.id)
    return ctx.view.render('pages/user_center', {
      ...userCenterView(stored, viewer),
      sessions: sessions.map((one) => sessionView(one, ctx.userSession!, viewer)),
      chat: chatView(chats, viewer),
      ways: waysOutView({ ...ways, preference: chats.preference }, viewer),
      tronAccounts: tronAccounts.map((account) => ({
        ...tronAccountView(account),
        verdict: checks.get(account.address)?.verdict,
      })),
      hasOkx: okxConfig.isEnabled || okxAccounts.length > 0,
      okxAccounts: okxAccounts.map((account) => okxAccountView(account, viewer)),
    })
  }

  async #ways(userId: number) {
    const [wechat, bot, chats] = await Promise.all([
      currentBinding(userId),
      ownBot(),
      chatsOf(userId),
    ])
    return { wechat, bot, chats }
  }

  async #chat(userId: number) {
    const [preference, kinds, watches, follower] = await Promise.all([
      preferencesOf(userId),
      chatKindsFor(userId),
      watchesOf(userId),
      followerOfUser(userId),
    ])
    const hasOfficialAccount = officialAccount() !== null
    return { preference, kinds, watched: watches.length, follower, hasOfficialAccount }
  }
}
