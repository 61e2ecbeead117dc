import { writeTransaction } from '#foundation/db/transaction'
import { because } from '#models/reasons'
import { tellBindingExpired } from '#chat/binding_expired'

/**
 * Ends a binding whose token WeChat does not take any more, and tells the user on every other way
 * out. Polling and sending stop; once more has no effect.
 *
 * @param detail what WeChat said, for people
 * @param now epoch milliseconds
 */
export function expireBinding(bindingId: number, detail: string, now: number): Promise<void> {
  return writeTransaction(async (trx) => {
    const [ended] = await trx
      .knexQuery()
      .table('wechat_bot_bindings')
      .where({ id: bindingId, status: 'active' })
      .update({
        status: 'expired',
        ...because('session_expired', detail),
        ended_at: now,
        updated_at: now,
      })
      .returning('user_id')
    if (ended) {
      const userId = Number(ended.user_id)
      const message = (wallet: string | null) =>
        `WeChat takes no messages for ${wallet} any more. Scan again at /wechat/direct`
      await tellBindingExpired(trx, { channel: 'wechat', userId, message }, now)
    }
  })
}
