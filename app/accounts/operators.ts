import type User from '#models/user'
import type { AccountSettings } from '#accounts/account_settings'

/** Says whether an account belongs to somebody who runs this installation. */
export function isOperator(
  { walletAddress }: User,
  { operatorWallets }: Pick<AccountSettings, 'operatorWallets'>
): boolean {
  return operatorWallets.some((wallet) => wallet === walletAddress)
}
