import db from '@adonisjs/lucid/services/db'
import { idBounds, type IdBounds, idSlices } from '#foundation/db/id_bounds'
import { rowsOf } from '#foundation/db/statement'
import { jsonIds } from '#foundation/db/json_rows'
import { quoted } from '#models/reasons'
import type { Window } from '#health/settings'

/**
 * What became of a job of WeChat. `sent`: in a message of its own. `paced`: waits for the next
 * message, whose time has not come. `waiting`: that time has passed. `held_user`: the user has not
 * written yet, or wants no pushes now. `summarised`: told as part of a number. `expired_held`: too
 * old before it could be told. `unconfirmed`: taken without an id. `unknown`: may have arrived.
 */
export const WECHAT_FATES = [
  ...['sent', 'in_digest', 'paced', 'waiting', 'held_window', 'held_quota', 'held_throttled'],
  ...['held_user', 'summarised', 'expired_held', 'unconfirmed', 'unknown', 'failed', 'set_aside'],
] as const

export type WechatFate = (typeof WECHAT_FATES)[number]

const FATE = `case
  when job.status = 'sent' then case when message.kind = 'digest' then 'in_digest' else 'sent' end
  when job.status in ('pending', 'sending') then 'waiting'
  when job.status = 'held' and job.reason in ('window', 'quota', 'throttled')
    then 'held_' || job.reason
  when job.status = 'held' then 'held_user'
  when job.status = 'expired' and job.reason = ${quoted('summarised')} then 'summarised'
  when job.status = 'expired' then 'expired_held'
  when job.status = 'failed' and job.reason = ${quoted('unknown_outcome')} then 'unknown'
  when job.status = 'failed' and job.reason = ${quoted('unconfirmed')} then 'unconfirmed'
  when job.status = 'failed' then 'failed'
  else 'set_aside' end`

/** A push that was told later than that is news of yesterday, in milliseconds. */
const IN_TIME_MS = 30 * 60_000

interface Row {
  fate: WechatFate
  jobs: number | string
  in_time: number | string
}

/**
 * Counts the jobs that were planned in a window by what became of them, a slice at a time.
 *
 * @param paced bindings whose next message is not due yet
 */
export async function wechatPushes(window: Window, paced: readonly number[]) {
  const jobs = Object.fromEntries(WECHAT_FATES.map((fate) => [fate, 0])) as Record<
    WechatFate,
    number
  >
  let inTime = 0
  const bounds = await idBounds(db.connection(), 'notification_jobs', window)
  for await (const slice of idSlices(bounds)) {
    for (const row of await countSlice(slice, window, paced)) {
      jobs[row.fate] += Number(row.jobs)
      inTime += Number(row.in_time)
    }
  }
  return { jobs, inTime }
}

function countSlice({ after, through }: IdBounds, window: Window, paced: readonly number[]) {
  const client = db.connection()
  return rowsOf<Row>(
    client,
    `select case when fate = 'waiting' and is_paced = 1 then 'paced' else fate end as fate,
       count(*) as jobs, sum(is_in_time) as in_time
     from (
       select ${FATE} as fate,
         case when job.target_id in ${jsonIds(client)} then 1 else 0 end as is_paced,
         case when job.status = 'sent' and job.sent_at - job.created_at <= ${IN_TIME_MS}
           then 1 else 0 end as is_in_time
       from notification_jobs as job
       left join wechat_messages as message on message.id = job.message_id
       where job.id > ? and job.id <= ? and job.created_at >= ? and job.created_at < ?
         and job.channel = 'wechat') as planned
     group by 1`,
    [JSON.stringify(paced), after, through, window.since, window.until]
  )
}
