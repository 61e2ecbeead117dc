import type { PlannedChannel } from '#delivery/channel'
import { chatSubscribers, MOST_WAITING } from '#chat/preferences/chat_subscribers'

/** How jobs, statistics and alerts of browsers are marked. */
export const WEB_PUSH = 'web_push'

/** Web Push as every planner knows it, also one whose process sends none. */
export const webPush: PlannedChannel = {
  name: WEB_PUSH,
  deliveredColumn: null,
  mostWaiting: MOST_WAITING,
  targetTable: {
    name: 'web_push_subscriptions',
    owner: 'user_id',
    inService: `status = 'active'`,
  },
  subscribers: (trx) => chatSubscribers(trx, webPush),
}
