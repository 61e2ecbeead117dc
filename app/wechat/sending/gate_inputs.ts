import { readerOf } from '#chat/reader'
import { unchanged } from '#chat/preferences/preferences'
import { silenceOf } from '#chat/preferences/quiet_hours'
import ChatPreference from '#models/chat_preference'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'
import { STATE_PARTS } from '#wechat/sending/gate'
import type { Waiting, Wish } from '#wechat/sending/next_push'
import { readWaiting } from '#wechat/sending/waiting_pushes'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

/** All that the gate of a binding depends on. */
export interface GateInputs {
  /** Without its token: hundreds are read at once. */
  binding: WechatBotBinding
  waiting: Waiting
  wish: Wish
}

/**
 * Reads what the gates of bindings depend on, of those that a process polls.
 *
 * @param owner its name in leases of bindings; null: whichever polls them
 * @param ids of those alone; null: of all
 * @param now epoch milliseconds
 */
export async function readGateInputs(
  owner: string | null,
  ids: readonly number[] | null,
  now: number
): Promise<GateInputs[]> {
  const query = WechatBotBinding.query()
    .where('status', 'active')
    .orderBy('id')
    .select('id', 'userId', 'failingSince', ...STATE_PARTS)
  if (owner !== null) query.where('pollOwner', owner)
  if (ids) query.whereIn('id', [...ids])
  const bindings = await query
  const waitingFor = await readWaiting(bindings.map(({ id }) => id))
  const wishOf = await readWishes(
    bindings.map(({ userId }) => userId),
    now
  )

  return bindings.map((binding) => ({
    binding,
    waiting: waitingFor(binding.id),
    wish: wishOf(binding.userId),
  }))
}

/** What users want at this moment. */
async function readWishes(userIds: number[], now: number): Promise<(userId: number) => Wish> {
  const preferences = await ChatPreference.query()
    .where('channel', WECHAT)
    .whereIn('userId', userIds)
  const preferenceOf = new Map(preferences.map((one) => [one.userId, one]))
  const users = await User.query().whereIn('id', userIds)

  const wishes = new Map<number, Wish>()
  for (const user of users) {
    const preference = preferenceOf.get(user.id) ?? unchanged(user.id, WECHAT)
    const { timeZone } = await readerOf(user)
    const silence = silenceOf(preference, timeZone, now)
    wishes.set(user.id, { silence, keepsAlive: preference.keepsAlive })
  }
  return (userId) => wishes.get(userId)!
}
