import { readerOf } from '#chat/reader'
import type { Reader } from '#chat/reader'
import { preferencesOf } from '#chat/preferences/preferences'
import { silenceOf } from '#chat/preferences/quiet_hours'
import type { Silence } from '#chat/preferences/quiet_hours'
import type ChatPreference from '#models/chat_preference'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'

/** Who a push is written for, and what is known at that moment. */
export interface Addressee {
  binding: WechatBotBinding
  preference: ChatPreference
  reader: Reader
  /** Why the user wants no push now; null: any time is right. */
  silence: Silence | null
  /** Epoch milliseconds. */
  now: number
}

/** Reads it as it is now; null when the binding has ended, or is another process's. */
export async function readAddressee(
  bindingId: number,
  owner: string,
  now: number
): Promise<Addressee | null> {
  const binding = await WechatBotBinding.query()
    .where({ id: bindingId, status: 'active', poll_owner: owner })
    .first()
  if (!binding) {
    return null
  }
  const user = await User.findOrFail(binding.userId)
  const preference = await preferencesOf(user.id)
  const reader = await readerOf(user)
  const silence = silenceOf(preference, reader.timeZone, now)
  return { binding, preference, reader, silence, now }
}
