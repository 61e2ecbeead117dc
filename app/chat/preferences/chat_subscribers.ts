import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PlannedChannel } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'
import { chatEvents } from '#chat/kinds/registry'
import { ACCOUNT_EVENTS } from '#chat/messages/account_notice'
import { readChatWishes } from '#chat/preferences/wishes'

/** Up to this age an event is told by name, in milliseconds; older ones are counted. */
const TELLABLE_MS = 24 * 3_600_000

/** Jobs that may wait for one chat: no message could name more. */
export const MOST_WAITING = 200

interface Row {
  id: number | string
  user_id: number | string
  bound_at: number | string
}

/**
 * The chats of a chat app that are told of events at this moment, each with what its user wishes.
 *
 * @param channel has its chats in its `targetTable`, with `bound_at`
 */
export async function chatSubscribers(
  trx: TransactionClientContract,
  { name: channel, targetTable }: Pick<PlannedChannel, 'name' | 'targetTable'>
): Promise<Subscriber[]> {
  const rows: Row[] = await trx
    .from(targetTable.name)
    .whereRaw(targetTable.inService)
    .select('id', 'user_id', 'bound_at')
  if (rows.length === 0) {
    return []
  }
  const wishes = await readChatWishes(trx)

  return rows.map(({ id, user_id: owner, bound_at: boundAt }) => {
    const ownerId = Number(owner)
    return {
      id: Number(id),
      channel,
      ownerId,
      rank: wishes.rankOf(ownerId, channel),
      wants: [...chatEvents(), ...ACCOUNT_EVENTS],
      since: Number(boundAt),
      expiry: TELLABLE_MS,
      filter: null,
      picks: (type, fact, judge) => wishes.wants(ownerId, type, fact, judge),
    }
  })
}
