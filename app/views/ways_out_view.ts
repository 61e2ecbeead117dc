import telegramConfig from '#config/telegram'
import type ChatPreference from '#models/chat_preference'
import type TelegramBot from '#models/telegram_bot'
import type TelegramChat from '#models/telegram_chat'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { WAYS_OUT } from '#chat/preferences/fallback'
import { reasonText } from '#views/reason_text'
import type { Viewer } from '#http/viewer'

interface Stored {
  preference: ChatPreference
  /** The one in use, or the one that ended last; null: there was none. */
  wechat: WechatBotBinding | null
  bot: TelegramBot | null
  chats: readonly TelegramChat[]
}

/** Where a user is told of events, with the state of each, as the user center shows it. */
export function waysOutView({ preference, wechat, bot, chats }: Stored, viewer: Viewer) {
  const { fallbackOrder } = preference
  const order = fallbackOrder.length > 0 ? fallbackOrder : WAYS_OUT
  return {
    wechat: wechat?.status === 'active' && wechat.lastInboundAt === null ? 'first' : wechat?.status,
    hasTelegram: telegramConfig.token !== undefined,
    isTelegramReady: bot !== null,
    chats: chats.map((chat) => ({
      id: chat.id,
      name: chat.title,
      status: chat.status,
      reason: chat.status === 'retired' ? reasonText(chat, viewer) : null,
      boundAt: viewer.localTime(chat.boundAt).text,
    })),
    isOnce: fallbackOrder.length > 0,
    places: order.map((chosen) => ({
      options: WAYS_OUT.map((way) => ({ way, isChosen: way === chosen })),
    })),
  }
}
