import NotificationJob from '#models/notification_job'
import type { Hold } from '#models/reasons'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'
import { someAddress } from '#tests/support/facts'

/** The bot of a new user, as it is stored when it was bound a minute after the epoch began. */
export async function storeBinding(columns: Partial<WechatBotBinding> = {}) {
  const { id: userId } = columns.userId ? { id: columns.userId } : await storeUser()
  const name = `o9${userId}`
  return WechatBotBinding.create({
    userId,
    userWxId: `${name}@im.wechat`,
    botId: `${name}@im.bot`,
    accountId: `${name}@im.bot`,
    botToken: `token-${name}`,
    baseUrl: 'http://127.0.0.1:1',
    status: 'active',
    boundAt: 60_000,
    createdAt: 60_000,
    updatedAt: 60_000,
    ...columns,
  })
}

/** Events that are held for a binding, one for each reason. */
export function storeHeld(bindingId: number, reasons: readonly Hold[]) {
  return NotificationJob.createMany(
    reasons.map((reason, index) => ({
      channel: 'wechat',
      targetId: bindingId,
      factType: 'launch' as const,
      factId: index + 1,
      eventType: 'launch.graduated',
      eventId: `evt_${index}`,
      tokenAddress: someAddress(),
      status: 'held' as const,
      reason,
      attempts: 0,
      priority: 0,
      fence: 0,
      nextAttemptAt: 0,
      createdAt: 0,
    }))
  )
}

function storeUser(): Promise<User> {
  return User.create({ walletAddress: someAddress(), createdAt: 0, updatedAt: 0 })
}
