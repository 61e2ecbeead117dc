import db from '@adonisjs/lucid/services/db'
import { UNSENT } from '#models/notification_job'
import { quoted, SUMMARISED } from '#models/reasons'
import type { Hold } from '#models/reasons'
import type WechatBotBinding from '#models/wechat_bot_binding'
import { inJobClass } from '#delivery/queue/job'
import { budgetOf, closedBy } from '#wechat/sending/gate'
import type { Budget } from '#wechat/sending/gate'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

/** How events ended that were not told by name: as a number, too old, or in a way that is not known. */
export const ENDS = ['summarised', 'expired', 'unconfirmed', 'unknown', 'failed'] as const

export type End = (typeof ENDS)[number]

/** How far back the ends of events are counted, in milliseconds. */
const ENDED_WITHIN_MS = 86_400_000

const END = `case
  when status = 'expired' and reason = ${quoted(SUMMARISED)} then 'summarised'
  when status = 'expired' then 'expired'
  when reason = ${quoted('unconfirmed')} then 'unconfirmed'
  when reason = ${quoted('unknown_outcome')} then 'unknown'
  else 'failed' end`

/** What a user may be told of a binding: what can still be sent, and what waits for what. */
export interface Outlook extends Budget {
  /** Why nothing may go now, as far as WeChat is concerned; null: it may. */
  closedBy: Hold | null
  /** Events that wait for their turn. */
  waiting: number
  /** Events that are held, by what holds them. */
  held: Partial<Record<Hold, number>>
  /** Events of the last day that were not told by name, by how they ended. */
  ended: Partial<Record<End, number>>
  /** When WeChat last took a message, in epoch milliseconds; null: never. */
  acceptedAt: number | null
}

/** Reads it as it is at `now`, in epoch milliseconds. */
export async function readOutlook(binding: WechatBotBinding, now: number): Promise<Outlook> {
  const ofBinding = () =>
    db.from('notification_jobs').where({ channel: WECHAT, target_id: binding.id })
  const [dueFirst, dueRetry, held, ended, accepted] = await Promise.all([
    ofBinding().whereRaw(inJobClass.first).count('* as jobs'),
    ofBinding().whereRaw(inJobClass.retry).count('* as jobs'),
    ofBinding()
      .whereRaw(`${UNSENT} and status = 'held'`)
      .groupBy('reason')
      .select('reason')
      .count('* as jobs'),
    ofBinding()
      .whereRaw(`${UNSENT} and status in ('expired', 'failed')`)
      .where('created_at', '>', now - ENDED_WITHIN_MS)
      .groupByRaw('1')
      .select(db.raw(`${END} as ending`))
      .count('* as jobs'),
    db
      .from('wechat_messages')
      .where({ binding_id: binding.id, result: 'accepted' })
      .max('answered_at as at'),
  ])
  const at: number | string | null = accepted[0].at
  return {
    ...budgetOf(binding, now),
    closedBy: closedBy(binding, now)?.reason ?? null,
    waiting: Number(dueFirst[0].jobs) + Number(dueRetry[0].jobs),
    held: Object.fromEntries(held.map(({ reason, jobs }) => [reason, Number(jobs)])),
    ended: Object.fromEntries(ended.map(({ ending, jobs }) => [ending, Number(jobs)])),
    acceptedAt: at === null ? null : Number(at),
  }
}
