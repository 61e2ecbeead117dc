import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import Entitlement from '#models/entitlement'

const TABLE: WrittenTable = {
  name: 'entitlements',
  columns: { user_id: 'bigint', ends_at: 'bigint', credit: 'text', updated_at: 'bigint' },
}

/** The entitlement of a user, empty at first, held until the transaction ends. */
export async function entitlementOf(
  client: TransactionClientContract,
  userId: number,
  now: number
): Promise<Entitlement> {
  await insertRows(client, TABLE, [{ user_id: userId, ends_at: 0, credit: '0', updated_at: now }])
  return Entitlement.query({ client }).where('user_id', userId).forUpdate().firstOrFail()
}
