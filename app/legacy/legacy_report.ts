import { UnusableRow } from '#legacy/legacy_values'

/** What becomes of the rows of one table. */
export interface LegacyCounts {
  found: number
  imported: number
  /** It is here already: from the chain, or from an earlier import. */
  known: number
  /** There is nothing to take over, as of a binding that has ended. */
  over: number
  /** How many rows cannot be imported, by why. */
  unusable: Map<string, number>
}

export function noCounts(): LegacyCounts {
  return { found: 0, imported: 0, known: 0, over: 0, unusable: new Map() }
}

/** What `read` answers, or null where the row is unusable, which is counted. */
export function orUnusable<T>(counts: LegacyCounts, read: () => T): T | null {
  counts.found++
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnusableRow)) throw error
    counts.unusable.set(error.message, (counts.unusable.get(error.message) ?? 0) + 1)
    return null
  }
}
