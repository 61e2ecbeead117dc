import type { InboundMessage } from '#wechat/ilink/inbound'
import type WechatBotBinding from '#models/wechat_bot_binding'

let serial = 7000

/** A text that the person of a binding has written, as the client reads it. */
export function written(
  { userWxId, botId }: WechatBotBinding,
  text: string,
  columns: Partial<InboundMessage> = {}
): InboundMessage {
  serial++
  return {
    id: String(serial),
    from: userWxId,
    to: botId,
    isOwn: false,
    clientId: null,
    groupId: null,
    createdAt: 1_790_000_000_000,
    contextToken: `context-${serial}`,
    kind: 'text',
    text,
    ...columns,
  }
}
