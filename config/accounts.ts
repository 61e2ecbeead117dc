import env from '#start/env'
import type { AccountSettings } from '#accounts/account_settings'

/** Settings of logins and of the user center. */
const accountsConfig: AccountSettings = {
  appUrl: env.get('APP_URL'),
  chainId: env.get('CHAIN_ID'),
  /** Contract wallets are asked by HTTP: a WebSocket would stay open between two logins. */
  rpcUrls: (env.get('BSC_RPC_URL') ?? []).filter((url) => /^https?:/.test(url)),
  rpcTimeoutMs: 3000,
  messageLifetimeMs: 5 * 60_000,
  operatorWallets: env.get('OPERATOR_WALLETS'),
}

export default accountsConfig
