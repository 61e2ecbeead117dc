import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import WechatBotBinding from '#models/wechat_bot_binding'
import type { BotLogin } from '#wechat/ilink/qr_status'

/**
 * Stores a bot that its person has let in: from then on it is polled. A user has one, and so has a
 * person in WeChat: what either had before ends. The same person's earlier binding to this user is
 * taken up again, with what waits for it.
 *
 * Told the same bot twice, it changes nothing the second time.
 */
export async function bind(
  trx: TransactionClientContract,
  userId: number,
  login: BotLogin,
  now: number
): Promise<WechatBotBinding> {
  const { userWxId, botToken, botId, baseUrl } = login
  const earlier = await WechatBotBinding.query({ client: trx })
    .where({ user_id: userId, user_wx_id: userWxId })
    .orderBy('id', 'desc')
    .first()
  if (earlier?.status === 'active' && earlier.botId === botId) {
    return earlier
  }

  await endOthers(trx, userId, userWxId, now)
  const binding = earlier ?? new WechatBotBinding().merge({ userId, userWxId, createdAt: now })
  binding.useTransaction(trx)
  await binding
    .merge({ ...FRESH, botToken, botId, accountId: botId, baseUrl, boundAt: now, updatedAt: now })
    .merge({ pollFence: (earlier?.pollFence ?? 0) + 1, summaryAfterId: await newestLaunch(trx) })
    .save()
  return binding
}

/**
 * Takes up a binding that had ended, or lapsed, whose token works after all: with its position, its
 * window and what waits for it.
 */
export async function takeUp(trx: TransactionClientContract, bindingId: number, now: number) {
  const binding = await WechatBotBinding.findOrFail(bindingId, { client: trx })
  await endOthers(trx, binding.userId, binding.userWxId, now, bindingId)
  await binding.merge({ ...IN_USE, pollFence: binding.pollFence + 1, updatedAt: now }).save()
}

/** Polled by none yet, and given up by none. */
const IN_USE = {
  status: 'active',
  reason: null,
  detail: null,
  endedAt: null,
  pollOwner: null,
  lapses: 0,
  failingSince: null,
} as const

/** A new bot knows no messages: it may send none before the first that it gets. */
const FRESH = {
  ...IN_USE,
  cursor: '',
  lastPollAt: null,
  contextToken: null,
  lastInboundAt: null,
  sendsSinceInbound: 0,
  pushesSinceInbound: 0,
  lastSendAt: null,
  lastPushAt: null,
  refusals: 0,
  refusedAt: null,
  refusalText: null,
  testAskedAt: null,
}

/** A summary counts the launches from the binding on. */
async function newestLaunch(trx: TransactionClientContract): Promise<number> {
  const [{ newest }] = await trx.from('launch_events').max('id as newest')
  return Number(newest ?? 0)
}

async function endOthers(
  trx: TransactionClientContract,
  userId: number,
  userWxId: string,
  now: number,
  except = 0
) {
  await WechatBotBinding.query({ client: trx })
    .where('status', 'active')
    .where((query) => query.where('user_id', userId).orWhere('user_wx_id', userWxId))
    .whereNot('id', except)
    .update({
      status: 'inactive',
      reason: 'bound_again',
      ended_at: now,
      updated_at: now,
      poll_owner: null,
    })
}
