import ChatPreference from '#models/chat_preference'
import Entitlement from '#models/entitlement'
import Payment from '#models/payment'
import PushAlert from '#models/push_alert'
import Subscription from '#models/subscription'
import TronAccount from '#models/tron_account'
import User from '#models/user'
import UserSession from '#models/user_session'
import Watch from '#models/watch'
import WebhookEndpoint from '#models/webhook_endpoint'
import WebPushSubscription from '#models/web_push_subscription'
import WechatFollower from '#models/wechat_follower'
import { okxData } from '#accounts/personal_data/okx_data'
import { recentPushes } from '#accounts/personal_data/recent_pushes'
import { telegramData } from '#accounts/personal_data/telegram_data'
import { wechatData } from '#accounts/personal_data/wechat_data'

/** Pushes in an export, at most. Their events are public facts of the chain. */
const MOST_PUSHES = 1000

/**
 * What is stored about a user, as a file for him to keep. Secrets and the hashes of tokens are left
 * out: a person who finds the file must not be able to use them. Times are epoch milliseconds.
 */
export async function exportAccount(user: User) {
  const [entitlement, payments, switches, tokens, endpoints, alerts] = await Promise.all([
    Entitlement.find(user.id),
    Payment.query().where('owner_id', user.id).orderBy('id'),
    Subscription.query().where('user_id', user.id).orderBy('id'),
    User.accessTokens.all(user),
    WebhookEndpoint.query().where('owner_id', user.id).orderBy('id'),
    PushAlert.query().where('owner_id', user.id).orderBy('id'),
  ])
  const chat = await chatsOf(user.id)
  const tronAccounts = await TronAccount.query().where('owner_id', user.id).orderBy('id')
  const sessions = await UserSession.query().where('user_id', user.id).orderBy('id')
  const pushes = await recentPushes(endpoints, MOST_PUSHES)

  return {
    account: {
      wallet_address: user.walletAddress,
      language: user.language,
      time_zone: user.timeZone,
      created_at: user.createdAt,
      last_login_at: user.lastLoginAt,
    },
    sessions: sessions.map(({ browser, system, createdAt, lastSeenAt }) => {
      return { browser, system, created_at: createdAt, last_seen_at: lastSeenAt }
    }),
    plan: entitlement && { name: entitlement.plan, ends_at: entitlement.endsAt },
    payments: payments.map(({ amount, address, txHash, plan, eventTime }) => {
      return { amount: String(amount), address, tx_hash: txHash, plan, time: eventTime }
    }),
    switches: switches.map(({ source, kind, createdAt }) => {
      return { source, kind, on_since: createdAt }
    }),
    chats: chat.preferences.map((one) => ({
      channel: 'all',
      fallback_order: one.fallbackOrder,
      switches: one.switches,
      tells_nearly: one.tellsNearly,
      tells_account: one.tellsAccount,
      has_links: one.hasLinks,
      keeps_alive: one.keepsAlive,
      quiet_from_minute: one.quietFrom,
      quiet_until_minute: one.quietUntil,
      muted_until: one.mutedUntil,
    })),
    watches: chat.watches.map(({ subject, createdAt }) => {
      const kind = /^0x[0-9a-f]{40}$/.test(subject) ? 'address' : 'word'
      return { [kind]: subject, since: createdAt }
    }),
    tron_accounts: tronAccounts.map(({ address, label, createdAt }) => {
      return { address, label, since: createdAt }
    }),
    ...(await okxData(user.id)),
    official_account: chat.follower && {
      open_id: chat.follower.openId,
      bound_at: chat.follower.boundAt,
    },
    wechat: await wechatData(user.id),
    telegram: await telegramData(user.id),
    browsers: chat.browsers.map(({ browser, system, status, boundAt, endedAt }) => {
      return { browser, system, status, since: boundAt, ended_at: endedAt }
    }),
    tokens: tokens.map(({ identifier, name, abilities, createdAt, lastUsedAt, expiresAt }) => ({
      id: Number(identifier),
      name,
      scopes: abilities,
      created_at: Number(createdAt),
      last_used_at: lastUsedAt && Number(lastUsedAt),
      expires_at: expiresAt && Number(expiresAt),
    })),
    webhook_endpoints: endpoints.map(({ id, url, description, eventTypes, state, createdAt }) => {
      return { id, url, description, event_types: eventTypes, state, created_at: createdAt }
    }),
    alerts: alerts.map(({ kind, endpointId, endsAt, message, eventTime }) => {
      return { kind, endpoint_id: endpointId, ends_at: endsAt, message, time: eventTime }
    }),
    latest_pushes: pushes.map((push) => ({
      event_id: push.eventId,
      event_type: push.eventType,
      endpoint_id: push.targetId,
      status: push.status,
      attempts: push.attempts,
      created_at: push.createdAt,
      sent_at: push.sentAt,
    })),
  }
}

/** What is set for chats, followed there, bound to the official account, and told in browsers. */
async function chatsOf(userId: number) {
  const [preferences, watches, follower, browsers] = await Promise.all([
    ChatPreference.query().where('user_id', userId).orderBy('id'),
    Watch.query().where('user_id', userId).orderBy('id'),
    WechatFollower.findBy('user_id', userId),
    WebPushSubscription.query().where('user_id', userId).orderBy('id'),
  ])
  return { preferences, watches, follower, browsers }
}
