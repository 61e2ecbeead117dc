import { ScanHoldSchema } from '#database/schema'

/** What would take back too many facts. */
export type HoldKind = 'reorg' | 'audit'

/** Not seen for so long, a reorg is no longer there; in milliseconds. */
const REORG_LASTS_MS = 120_000

/** A reorg or an audit that waits for an operator. Times are epoch milliseconds. */
export default class ScanHold extends ScanHoldSchema {
  declare kind: HoldKind

  /** What waits at `now`, the oldest first. */
  static async waiting(now: number): Promise<ScanHold[]> {
    const held = await this.query().whereNull('endedAt').whereNull('acceptedAt').orderBy('id')
    return held.filter(({ kind, seenAt }) => kind === 'audit' || now - seenAt < REORG_LASTS_MS)
  }
}
