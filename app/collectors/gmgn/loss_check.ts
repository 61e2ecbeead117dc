import type { LaunchKind } from '#facts/launch'
import { identityOf, type Sighting } from '#collectors/gmgn/sighting'
import { ROWS_PER_LIST } from '#collectors/gmgn/trenches_request'

/**
 * GMGN has no cursor: a list that is full and holds nothing of the poll before may have lost what
 * came between the two.
 */
export class LossCheck {
  #seen: Record<LaunchKind, Set<string>> = { created: new Set(), graduated: new Set() }

  /**
   * The lists that may have lost something. `isOld` says whether something is known from elsewhere;
   * before the first poll nothing can be lost.
   */
  check(
    lists: Record<LaunchKind, readonly Sighting[]>,
    isOld: (sighting: Sighting) => boolean,
    wasPolledBefore: boolean
  ): LaunchKind[] {
    const kinds: LaunchKind[] = ['created', 'graduated']
    const lost = kinds.filter(
      (kind) =>
        wasPolledBefore &&
        lists[kind].length >= ROWS_PER_LIST &&
        !lists[kind].some((each) => this.#seen[kind].has(identityOf(each)) || isOld(each))
    )

    for (const kind of kinds) {
      this.#seen[kind] = new Set(lists[kind].map(identityOf))
    }
    return lost
  }
}
