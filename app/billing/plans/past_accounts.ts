import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** What stays of the wallet of an erased account, to know it by: nothing that names it to a reader. */
export function walletHash(wallet: string): string {
  return createHash('sha256').update(`wallet:${wallet.toLowerCase()}`).digest('hex')
}

/** Whether the wallet of a user had a plan or a trial in an account that was erased since. */
export async function hadPlanBefore(
  trx: TransactionClientContract,
  userId: number
): Promise<boolean> {
  const user = await trx.from('users').where('id', userId).select('wallet_address').first()
  if (!user?.wallet_address) return false

  const past = await trx
    .from('users as erased')
    .join('entitlements', 'entitlements.user_id', 'erased.id')
    .where('erased.wallet_hash', walletHash(user.wallet_address))
    .where((plan) =>
      plan.whereNotNull('entitlements.trial_started_at').orWhere('entitlements.ends_at', '>', 0)
    )
    .first()
  return past !== null && past !== undefined
}
