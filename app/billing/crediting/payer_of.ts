import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type DepositAddress from '#models/deposit_address'
import User from '#models/user'
import type { Deposit } from '#billing/crediting/deposits_in'

/**
 * Whose a deposit is: that of the user who was given the address; at the shared wallet, of the one
 * who logs in with the wallet that sent it. Null where nobody knows.
 */
export async function payerOf(
  client: TransactionClientContract,
  { userId }: DepositAddress,
  { sender }: Deposit
): Promise<number | null> {
  if (userId !== null) return userId

  const user = sender === null ? null : await User.findBy('wallet_address', sender, { client })
  return user?.id ?? null
}
