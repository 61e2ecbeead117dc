import type { PlannedChannel } from '#delivery/channel'
import type { MessageLedger } from '#delivery/messages/message_ledger'
import { chatSubscribers, MOST_WAITING } from '#chat/preferences/chat_subscribers'

/** How jobs, statistics and alerts of WeChat are marked. */
export const WECHAT = 'wechat'

/** Where its messages are written down. */
export const WECHAT_MESSAGES: MessageLedger = {
  channel: WECHAT,
  table: 'wechat_messages',
  // Each message is one of a few: many events are not told twice.
  mayRepeat: (kind) => kind === 'single',
}

/** A user who has not written to this bot yet cannot be sent anything: nothing is planned either. */
const IN_SERVICE = `status = 'active' and last_inbound_at is not null`

/** WeChat as every planner knows it, also one whose process sends none. */
export const wechat: PlannedChannel = {
  name: WECHAT,
  deliveredColumn: null,
  mostWaiting: MOST_WAITING,
  targetTable: { name: 'wechat_bot_bindings', owner: 'user_id', inService: IN_SERVICE },
  subscribers: (trx) => chatSubscribers(trx, wechat),
}
