import { WechatMessageSchema } from '#database/schema'

/**
 * `single`: one event. `digest`: all that waited. `keepalive`: asks for an answer. `test`: its user
 * wants to see that messages arrive.
 */
export type MessageKind = 'single' | 'digest' | 'keepalive' | 'reply' | 'test'

/**
 * What became of a message. `accepted`: answered with an id. `unconfirmed`: answered without one, and
 * may never be shown. `unknown`: it may have arrived. `unsent`: it did not leave.
 */
export type MessageResult = 'accepted' | 'unconfirmed' | 'refused' | 'unknown' | 'unsent'

/** A message to a user's WeChat. */
export default class WechatMessage extends WechatMessageSchema {
  declare kind: MessageKind
  declare result: MessageResult | null
}
