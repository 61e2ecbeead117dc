import type TronAccount from '#models/tron_account'

/** A watched account as programs see it. Times are epoch milliseconds. */
export function tronAccountView(account: TronAccount) {
  return {
    address: account.address,
    label: account.label,
    pool_account_id: account.poolAccountId,
    watch_from: account.watchFrom,
    created_at: account.createdAt,
  }
}
