import WechatBotBinding from '#models/wechat_bot_binding'
import WechatInboundMessage from '#models/wechat_inbound_message'
import WechatMessage from '#models/wechat_message'

/** Messages of each direction in an export, at most, the newest ones. */
const MOST_MESSAGES = 1000

/**
 * A user's bots in WeChat, without their tokens, and what is kept of both sides' messages. Times are
 * epoch milliseconds.
 */
export async function wechatData(userId: number) {
  const bindings = await WechatBotBinding.query().where('user_id', userId).orderBy('id')
  const ids = bindings.map(({ id }) => id)
  const [written, sent] = await Promise.all([
    WechatInboundMessage.query()
      .whereIn('binding_id', ids)
      .orderBy('id', 'desc')
      .limit(MOST_MESSAGES),
    WechatMessage.query().whereIn('binding_id', ids).orderBy('id', 'desc').limit(MOST_MESSAGES),
  ])
  return {
    bindings: bindings.map((one) => ({
      wechat_id: one.userWxId,
      bot_id: one.botId,
      status: one.status,
      bound_at: one.boundAt,
      ended_at: one.endedAt,
      last_written_at: one.lastInboundAt,
    })),
    latest_written: written.map(({ kind, command, receivedAt }) => {
      return { kind, command, time: receivedAt }
    }),
    latest_sent: sent.map(({ kind, events, result, createdAt }) => {
      return { kind, events, result, time: createdAt }
    }),
  }
}
