import { TelegramChatSchema } from '#database/schema'
import type { BindingReason } from '#models/reasons'

/** `inactive`: its user has unbound it. `retired`: Telegram takes nothing for it any more. */
export type TelegramChatStatus = 'active' | 'inactive' | 'retired'

/** A chat in which a user is told of events. A supergroup is a group here. */
export default class TelegramChat extends TelegramChatSchema {
  declare kind: 'private' | 'group'
  declare status: TelegramChatStatus
  declare reason: BindingReason | null
}
