import TronAccount from '#models/tron_account'
import type { Watched } from '#sources/tron/read_stake'

/** The accounts of a network that anyone watches. */
export async function watchedAccounts(chainId: number): Promise<Watched> {
  const accounts = await TronAccount.query().where({ chainId }).distinct('address')
  return new Set(accounts.map(({ address }) => address))
}
