import db from '@adonisjs/lucid/services/db'
import { UNSENT } from '#models/notification_job'
import type { Hold } from '#models/reasons'
import { readGateInputs } from '#wechat/sending/gate_inputs'
import { nextPush } from '#wechat/sending/next_push'
import type { Window } from '#health/settings'
import { readWechatBindings, type WechatBindings } from '#health/wechat_bindings'
import { wechatPushes, type WechatFate } from '#health/wechat_pushes'

/** How pushing over WeChat does. What waits for the user is no failure of ours, and shown beside. */
export interface WechatFigures {
  bindings: WechatBindings
  /** The jobs of the window by what became of them. */
  jobs: Record<WechatFate, number>
  /** Pushes that should have been told by now, and those that were. */
  due: number
  told: number
  /** Told ÷ due; null while nothing was due. */
  coverage: number | null
  /** The share of all pushes that were told within half an hour; null while there were none. */
  reach_within_30_min: number | null
  /** What is held now, whenever it was planned, by why. */
  held: { reason: Hold; bindings: number; jobs: number }[]
}

/** Reads the figures of a window at `now` (epoch milliseconds). */
export async function readWechat(window: Window, now: number): Promise<WechatFigures> {
  const { settleMs, ...span } = { settleMs: now - window.until, ...window }
  const paced = await pacedBindings(now, settleMs)
  const { jobs, inTime } = await wechatPushes(span, paced)
  const told = jobs.sent + jobs.in_digest
  const due = told + jobs.waiting + jobs.failed + jobs.unknown + jobs.held_throttled
  const all = Object.values(jobs).reduce((sum, count) => sum + count, 0) - jobs.set_aside
  return {
    bindings: await readWechatBindings(now),
    jobs,
    due,
    told,
    coverage: due > 0 ? told / due : null,
    reach_within_30_min: all > 0 ? inTime / all : null,
    held: await readHeld(),
  }
}

/** Bindings whose next message is not due yet, or only became so while it settles. */
async function pacedBindings(now: number, settleMs: number): Promise<number[]> {
  const inputs = await readGateInputs(null, null, now)
  return inputs
    .filter(({ binding, waiting, wish }) => {
      return nextPush(binding, waiting, wish, now).opensAt > now - settleMs
    })
    .map(({ binding }) => binding.id)
}

async function readHeld(): Promise<WechatFigures['held']> {
  const rows: { reason: Hold; bindings: number | string; jobs: number | string }[] = await db
    .from('notification_jobs')
    .whereRaw(`${UNSENT} and status = 'held'`)
    .where('channel', 'wechat')
    .groupBy('reason')
    .orderBy('reason')
    .select('reason')
    .count('* as jobs')
    .countDistinct('target_id as bindings')
  return rows.map(({ reason, bindings, jobs }) => {
    return { reason, bindings: Number(bindings), jobs: Number(jobs) }
  })
}
