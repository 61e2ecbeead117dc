import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import User from '#models/user'
import WechatFollower from '#models/wechat_follower'
import { takePass } from '#chat/one_use_keys'

type Now = Pick<Clock, 'now'>

const TABLE: WrittenTable = {
  name: 'wechat_followers',
  columns: { open_id: 'text', created_at: 'bigint', updated_at: 'bigint' },
}

/** The row of a follower, made when the person first writes. */
export function followerOf(openId: string, clock: Now): Promise<WechatFollower> {
  return writeTransaction(async (client) => {
    const now = clock.now()
    await insertRows(client, TABLE, [{ open_id: openId, created_at: now, updated_at: now }])
    return WechatFollower.query({ client }).where('open_id', openId).firstOrFail()
  })
}

/**
 * Binds a follower to the account whose user center gave out the code. An account has one follower:
 * the newest.
 *
 * @returns the account, or null when the code is not (any more) good for anything
 */
export async function bindFollower(openId: string, code: string, clock: Now): Promise<User | null> {
  const userId = await takePass('bind', code, clock)
  if (userId === null) {
    return null
  }
  const now = clock.now()
  await writeTransaction(async (client) => {
    const none = { user_id: null, bound_at: null, updated_at: now }
    await client.from('wechat_followers').where('user_id', userId).update(none)
    const bound = { user_id: userId, bound_at: now, updated_at: now }
    await client.from('wechat_followers').where('open_id', openId).update(bound)
  })
  return User.find(userId)
}

/** Who is bound to an account, or null. */
export function followerOfUser(userId: number): Promise<WechatFollower | null> {
  return WechatFollower.findBy('user_id', userId)
}

/** Forgets a follower: he has left, or the owner of the account has unbound him. */
export async function forgetFollower(where: { open_id: string } | { user_id: number }) {
  await writeTransaction(async (client) => {
    await client.from('wechat_followers').where(where).delete()
  })
}
