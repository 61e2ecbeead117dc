import { WechatBotBindingSchema } from '#database/schema'
import type { BindingReason } from '#models/reasons'

/** `inactive`: the user has unbound it. `expired`: WeChat takes its token no more. */
export type BindingStatus = 'active' | 'inactive' | 'expired'

/** A user's own bot in WeChat: its token, who polls it, and what may be sent to it. */
export default class WechatBotBinding extends WechatBotBindingSchema {
  declare status: BindingStatus
  declare reason: BindingReason | null
}
