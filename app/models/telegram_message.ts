import { TelegramMessageSchema } from '#database/schema'
import type { MessageResult } from '#models/message_result'

/** A push to a chat in Telegram. `single`: one event. `digest`: all that waited. */
export default class TelegramMessage extends TelegramMessageSchema {
  declare kind: 'single' | 'digest'
  declare result: MessageResult | null
}
