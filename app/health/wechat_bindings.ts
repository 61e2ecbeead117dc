import db from '@adonisjs/lucid/services/db'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A poll is held for half a minute: one that is so long ago has failed, in milliseconds. */
const SILENT_MS = 3 * MINUTE_MS

/** How the bindings of WeChat are. Each is one user's. */
export interface WechatBindings {
  active: number
  /** Bound, and the user has not written yet. */
  awaiting_first_message: number
  /** Written to within a day: the window is open as far as WeChat's rule goes. */
  open: number
  /** Without a poll that worked for three minutes. */
  silent: number
  /** Open ones that WeChat refused a message to within an hour. */
  throttled: number
  /** Open ones of which every message was refused, for an hour and more. */
  only_refused: number
  /** Users with a running plan whose binding has ended within a day, and who have no other. */
  unreachable: number
}

/** Counts the bindings at `now` (epoch milliseconds). */
export async function readWechatBindings(now: number): Promise<WechatBindings> {
  const isOpen = `last_inbound_at > ${now - DAY_MS}`
  const count = (condition: string) => `sum(case when ${condition} then 1 else 0 end)`
  const [row] = await db
    .from('wechat_bot_bindings')
    .where('status', 'active')
    .count('* as active')
    .select(
      db.raw(`${count('inbound_seq = 0')} as awaiting_first_message`),
      db.raw(`${count(isOpen)} as open`),
      db.raw(`${count(`coalesce(last_poll_at, bound_at) < ${now - SILENT_MS}`)} as silent`),
      db.raw(`${count(`${isOpen} and refused_at > ${now - HOUR_MS}`)} as throttled`)
    )
  return {
    active: Number(row.active),
    awaiting_first_message: Number(row.awaiting_first_message ?? 0),
    open: Number(row.open ?? 0),
    silent: Number(row.silent ?? 0),
    throttled: Number(row.throttled ?? 0),
    only_refused: await countOnlyRefused(now),
    unreachable: await countUnreachable(now),
  }
}

export async function countActiveBindings(): Promise<number> {
  const [row] = await db
    .from('wechat_bot_bindings')
    .where('status', 'active')
    .count('* as bindings')
  return Number(row.bindings)
}

/** The first refusal since a message was accepted is an hour ago, and the user can still be reached. */
async function countOnlyRefused(now: number): Promise<number> {
  const [row] = await db
    .from('wechat_bot_bindings as binding')
    .where('status', 'active')
    .where('refusals', '>', 0)
    .where('last_inbound_at', '>', now - DAY_MS)
    .whereExists((refused) =>
      refused
        .from('wechat_messages as message')
        .whereColumn('message.binding_id', 'binding.id')
        .where('result', 'refused')
        .where('created_at', '<=', now - HOUR_MS)
        .whereNotExists((accepted) =>
          accepted
            .from('wechat_messages as later')
            .whereColumn('later.binding_id', 'binding.id')
            .whereColumn('later.id', '>', 'message.id')
            .where('later.result', 'accepted')
        )
    )
    .count('* as bindings')
  return Number(row.bindings)
}

async function countUnreachable(now: number): Promise<number> {
  const [row] = await db
    .from('wechat_bot_bindings as binding')
    .join('entitlements', 'entitlements.user_id', 'binding.user_id')
    .where('binding.status', 'expired')
    .where('binding.ended_at', '>', now - DAY_MS)
    .where('entitlements.ends_at', '>', now)
    .whereNotExists((active) =>
      active
        .from('wechat_bot_bindings as other')
        .whereColumn('other.user_id', 'binding.user_id')
        .where('other.status', 'active')
    )
    .countDistinct('binding.user_id as users')
  return Number(row.users)
}
