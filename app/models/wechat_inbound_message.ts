import { WechatInboundMessageSchema } from '#database/schema'

export type InboundKind = 'text' | 'voice' | 'image' | 'file' | 'video' | 'other'

/** A message that a user has written to the bot. */
export default class WechatInboundMessage extends WechatInboundMessageSchema {
  declare kind: InboundKind
}
