import { OperatorError } from '#foundation/operator_error'
import User from '#models/user'

/**
 * The user that the operator means, by wallet (in any letter case) or number.
 *
 * @throws OperatorError when there is none
 */
export async function findUser(word: string): Promise<User> {
  const isNumber = /^\d{1,15}$/.test(word)
  const user = isNumber
    ? await User.find(word)
    : await User.findBy('wallet_address', word.toLowerCase())
  if (!user || user.walletAddress === null) {
    throw new OperatorError(`There is no user ${word}. See: node ace user:list`)
  }
  return user
}
