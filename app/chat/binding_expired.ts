import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { raiseAlert } from '#delivery/alerts'
import User from '#models/user'

interface ExpiredBinding {
  channel: string
  userId: number
  /** What the user has to do, with the wallet that names the account. */
  message: (walletAddress: string | null) => string
}

/**
 * Tells a user, on every other way out, that a chat app takes no more messages.
 *
 * @param now epoch milliseconds
 */
export async function tellBindingExpired(
  trx: TransactionClientContract,
  { channel, userId, message }: ExpiredBinding,
  now: number
) {
  const { walletAddress } = await User.findOrFail(userId, { client: trx })
  await raiseAlert(
    trx,
    {
      kind: 'binding.expired',
      target: { channel, id: null, ownerId: userId },
      isForOwner: true,
      since: now,
      message: message(walletAddress),
    },
    now
  )
}
