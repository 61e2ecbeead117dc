import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PlannedChannel } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'
import { chatEvents } from '#chat/kinds/registry'
import { ACCOUNT_EVENTS } from '#chat/messages/account_notice'
import { readChatWishes } from '#chat/preferences/wishes'
import { MOST_WAITING, TELLABLE_MS } from '#wechat/sending/limits'

/** How jobs, statistics and alerts of WeChat are marked. */
export const WECHAT = 'wechat'

/** A user who has not written to this bot yet cannot be sent anything: nothing is planned either. */
const IN_SERVICE = `status = 'active' and last_inbound_at is not null`

/** WeChat as every planner knows it, also one whose process sends none. */
export const wechat: PlannedChannel = {
  name: WECHAT,
  deliveredColumn: null,
  mostWaiting: MOST_WAITING,
  targetTable: { name: 'wechat_bot_bindings', owner: 'user_id', inService: IN_SERVICE },
  subscribers: wechatSubscribers,
}

interface Row {
  id: number | string
  user_id: number | string
  bound_at: number | string
}

/** The bindings whose users are told of events at this moment, each with what its user wishes. */
async function wechatSubscribers(trx: TransactionClientContract): Promise<Subscriber[]> {
  const rows: Row[] = await trx
    .from('wechat_bot_bindings')
    .whereRaw(IN_SERVICE)
    .select('id', 'user_id', 'bound_at')
  if (rows.length === 0) {
    return []
  }
  const wishes = await readChatWishes(trx, WECHAT)

  return rows.map(({ id, user_id: owner, bound_at: boundAt }) => {
    const ownerId = Number(owner)
    return {
      id: Number(id),
      channel: WECHAT,
      ownerId,
      wants: [...chatEvents(), ...ACCOUNT_EVENTS],
      since: Number(boundAt),
      expiry: TELLABLE_MS,
      filter: null,
      picks: (type, fact, judge) => wishes.wants(ownerId, type, fact, judge),
    }
  })
}
