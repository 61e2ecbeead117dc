import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'

const TABLE: WrittenTable = {
  name: 'trial_pushes',
  columns: { user_id: 'bigint', source: 'text', created_at: 'bigint' },
}

/**
 * Uses up the one push of a source that a trial has, in the transaction that plans it.
 *
 * @returns false when it was used up before
 */
export async function useTrialPush(
  trx: TransactionClientContract,
  { userId, source }: { userId: number; source: string },
  now: number
): Promise<boolean> {
  const used = await insertRows(trx, TABLE, [{ user_id: userId, source, created_at: now }])
  return used === 1
}
