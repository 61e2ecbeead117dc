import { WechatMessageSchema } from '#database/schema'
import type { MessageResult } from '#models/message_result'

/**
 * `single`: one event. `digest`: all that waited. `keepalive`: asks for an answer. `test`: its user
 * wants to see that messages arrive.
 */
export type MessageKind = 'single' | 'digest' | 'keepalive' | 'reply' | 'test'

/** A message to a user's WeChat. */
export default class WechatMessage extends WechatMessageSchema {
  declare kind: MessageKind
  declare result: MessageResult | null
}
