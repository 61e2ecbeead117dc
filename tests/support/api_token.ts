import User from '#models/user'
import { operatorAccount } from '#accounts/find_account'
import { issueToken } from '#accounts/tokens/tokens'

/** The headers of a program with a fresh token of the operator, or of one user. */
export async function authorized(scopes: string[] = ['*'], owner?: User) {
  const account = owner ?? (await operatorAccount())
  const { token } = await issueToken({ owner: account, name: 'test', scopes, lifetimeMs: null })
  return { authorization: `Bearer ${token}` }
}

/** An account with a wallet. */
export function storeUser(walletAddress: string) {
  return User.create({ walletAddress, createdAt: 0, updatedAt: 0 })
}
