import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { OperatorError, Refusal } from '#foundation/errors'
import User from '#models/user'

/**
 * The user that the operator means, by wallet (in any letter case) or number.
 *
 * @throws Refusal when there is none
 */
export async function findUser(word: string): Promise<User> {
  const isNumber = /^\d{1,15}$/.test(word)
  const user = isNumber
    ? await User.find(word)
    : await User.findBy('wallet_address', word.toLowerCase())
  if (!user || user.walletAddress === null) {
    const message = `There is no user ${word}. See: node ace user:list`
    throw new Refusal('unknown', 'unknown_user', message)
  }
  return user
}

/** The operator's own account, made when it is first needed. It sees what all users have. */
export function operatorAccount(): Promise<User> {
  return writeTransaction(async (client) => {
    const known = await User.query({ client }).whereNull('wallet_address').orderBy('id').first()
    const now = systemClock.now()
    const account = { walletAddress: null, name: 'operator', createdAt: now, updatedAt: now }
    return known ?? User.create(account, { client })
  })
}

/**
 * The account of a wallet, in any letter case.
 *
 * @throws OperatorError when there is none
 */
export async function accountByWallet(wallet: string): Promise<User> {
  const account = await User.findBy('wallet_address', wallet.toLowerCase())
  if (!account) {
    throw new OperatorError(
      `No account has the wallet ${wallet}. Without --user the token is the operator's own`
    )
  }
  return account
}
