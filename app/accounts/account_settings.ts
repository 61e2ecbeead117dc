import type { Address } from 'viem'
import type User from '#models/user'

/** What accounts need to know of this installation. Times are milliseconds. */
export interface AccountSettings {
  /** The origin people reach the pages at, or undefined where only this machine does. */
  appUrl: string | undefined
  chainId: number
  /** Endpoints that can call a contract, in the order in which they are asked. */
  rpcUrls: readonly string[]
  /** How long the chain may take to speak for a contract wallet. */
  rpcTimeoutMs: number
  /** How long a message may wait for its signature. */
  messageLifetimeMs: number
  /** Wallets of those who run this installation, in lower case. */
  operatorWallets: readonly Address[]
}

/** Says whether an account belongs to an operator of this installation. */
export function isOperator(
  { walletAddress }: User,
  { operatorWallets }: Pick<AccountSettings, 'operatorWallets'>
): boolean {
  return operatorWallets.some((wallet) => wallet === walletAddress)
}
