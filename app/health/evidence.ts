import type { PushHealthFigures } from '#health/figures'
import { type HealthFinding, silenceLevel } from '#health/finding'
import { isAtWork } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'

/** What says that facts may be missing or wrong though everything is at work. */
export function missingEvidence(
  { collectors: { held }, processes }: PushHealthFigures,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const reorgs = held.filter(({ kind }) => kind === 'reorg')
  const atWork = processes.filter((state) => isAtWork(state, now))
  return [
    ...reorgs.map(({ id, facts, from_block: from, to_block: to }): HealthFinding => {
      const blocks = to - from + 1
      return { name: 'reorg_held', level: 'critical', hold: String(id), facts, blocks }
    }),
    ...atWork.flatMap(({ kind: process, unproven_since: since }): HealthFinding[] => {
      const silentMs = since === null ? 0 : now - since
      const isLasting = silenceLevel(silentMs, settings) !== null
      const finding = { name: 'reading_unproven', level: 'degraded' } as const
      return isLasting ? [{ ...finding, process, silent_ms: silentMs }] : []
    }),
  ]
}
