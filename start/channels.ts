import type { PlannedChannel } from '#delivery/channel'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { telegram } from '#telegram/sending/telegram_subscribers'
import { webPush } from '#web_push/sending/web_push_subscribers'
import { wechat } from '#wechat/sending/wechat_subscribers'

/**
 * The channels over which events travel. The engine imports none of them: the command that starts it
 * hands it this list, and every planner plans for all of them in one transaction. Billing and
 * accounts are handed it too, to say whom they reach.
 */
export const channels: readonly PlannedChannel[] = [webhooks, wechat, telegram, webPush]
