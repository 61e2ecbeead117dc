import type { Replayed } from '#webhooks/deliveries/replay_deliveries'
import type { Notice } from '#views/notice'

const NOTHING_TICKED: Notice = { key: 'nothingTicked', isProblem: true }

/** What became of deliveries that were to go again; of those that did not, the first reason. */
export function replayedNotice({ replayed, left }: Replayed): Notice {
  const values = { replayed: replayed.length, left: left.length }
  if (left.length === 0) {
    return replayed.length > 0 ? { key: 'replayed', values } : NOTHING_TICKED
  }
  return { key: `left.${left[0]!.reason}`, values, isProblem: replayed.length === 0 }
}
