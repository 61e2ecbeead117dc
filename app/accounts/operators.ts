import type User from '#models/user'
import type { AccountSettings } from './account_settings.js'

/** Says whether an account belongs to somebody who runs this installation. */
export function isOperator(
  { walletAddress }: User,
  { operatorWallets }: Pick<AccountSettings, 'operatorWallets'>
): boolean {
  return operatorWallets.some((wallet) => wallet === walletAddress)
}
