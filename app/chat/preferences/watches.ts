import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Watch from '#models/watch'

/** Addresses that one user may watch. */
export const MOST_WATCHED = 100

/** An address in any letter case, in lower case; null when it is none. */
export function addressOf(word: string): string | null {
  return /^0x[0-9a-f]{40}$/i.test(word) ? word.toLowerCase() : null
}

/** What a user watches, the newest first. */
export function watchesOf(userId: number): Promise<Watch[]> {
  return Watch.query().where('user_id', userId).orderBy('id', 'desc')
}

/** Adds an address; one that is watched already stays. Answers false when there is no room. */
export function watch(
  userId: number,
  address: string,
  clock: Pick<Clock, 'now'>
): Promise<boolean> {
  return writeTransaction(async (client) => {
    // Two messages at once wait for each other here.
    await client.from('users').where('id', userId).update('id', userId)
    const watched = await Watch.query({ client }).where('user_id', userId)
    if (watched.some((one) => one.address === address)) {
      return true
    }
    if (watched.length >= MOST_WATCHED) {
      return false
    }
    await Watch.create({ userId, address, createdAt: clock.now() }, { client })
    return true
  })
}

/** Answers whether the address was watched. */
export function unwatch(userId: number, address: string): Promise<boolean> {
  return writeTransaction(async (client) => {
    const [row] = await Watch.query({ client }).where({ userId, address })
    await row?.delete()
    return row !== undefined
  })
}

/** Answers how many were watched. */
export function unwatchAll(userId: number): Promise<number> {
  return writeTransaction(async (client) => {
    const rows = await Watch.query({ client }).where('user_id', userId)
    await Watch.query({ client }).where('user_id', userId).delete()
    return rows.length
  })
}
