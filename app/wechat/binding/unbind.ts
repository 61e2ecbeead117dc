import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import WechatBotBinding from '#models/wechat_bot_binding'
import { ILinkFailure } from '#wechat/ilink/answer'
import type { ILinkClient } from '#wechat/ilink/client'

/**
 * Ends a user's binding: nothing is polled or sent any more. iLink has no request that removes a bot,
 * so it stays on the phone until its person deletes it there, and its token is kept for 90 days.
 */
export async function unbind(
  userId: number,
  { client, clock }: { client: ILinkClient; clock: Clock }
) {
  const ended = await writeTransaction(async (trx) => {
    const binding = await currentBinding(userId, trx)
    if (binding?.status !== 'active') {
      return null
    }
    const now = clock.now()
    return binding
      .merge({
        status: 'inactive',
        reason: 'by_owner',
        endedAt: now,
        updatedAt: now,
        pollOwner: null,
        pollFence: binding.pollFence + 1,
      })
      .save()
  })
  if (ended) {
    // A courtesy: whether it arrives changes nothing.
    await client.notifyStop(ended).catch((error) => {
      if (!(error instanceof ILinkFailure)) throw error
    })
  }
}

/** The user's active binding, or else the one that ended last; null where there was none. */
export function currentBinding(
  userId: number,
  client?: TransactionClientContract
): Promise<WechatBotBinding | null> {
  return WechatBotBinding.query({ client })
    .where('user_id', userId)
    .orderByRaw(`case status when 'active' then 0 else 1 end, bound_at desc, id desc`)
    .first()
}
