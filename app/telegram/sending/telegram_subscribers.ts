import type { PlannedChannel } from '#delivery/channel'
import type { MessageLedger } from '#delivery/messages/message_ledger'
import { chatSubscribers, MOST_WAITING } from '#chat/preferences/chat_subscribers'

/** How jobs, statistics and alerts of Telegram are marked. */
export const TELEGRAM = 'telegram'

/** Where its messages are written down. A chat has no quota: what may be lost is told once more. */
export const TELEGRAM_MESSAGES: MessageLedger = {
  channel: TELEGRAM,
  table: 'telegram_messages',
  mayRepeat: () => true,
}

const IN_SERVICE = `status = 'active'`

/** Telegram as every planner knows it, also one whose process sends none. */
export const telegram: PlannedChannel = {
  name: TELEGRAM,
  deliveredColumn: null,
  mostWaiting: MOST_WAITING,
  targetTable: { name: 'telegram_chats', owner: 'user_id', inService: IN_SERVICE },
  subscribers: (trx) => chatSubscribers(trx, telegram),
}
