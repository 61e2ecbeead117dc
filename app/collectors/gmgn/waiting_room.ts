import { identityOf, type Sighting } from '#collectors/gmgn/sighting'

/** How long a sighting waits for the chain, at most, in milliseconds. */
const LONGEST_WAIT_MS = 60_000

/**
 * Sightings that the chain may tell of itself. GMGN is often quicker than the finalized block, and
 * the chain's word is the better one: it goes first wherever it comes at all.
 */
export class WaitingRoom {
  readonly #waiting = new Map<string, { sighting: Sighting; since: number }>()

  has(identity: string): boolean {
    return this.#waiting.has(identity)
  }

  add(sighting: Sighting, now: number) {
    const identity = identityOf(sighting)
    if (!this.#waiting.has(identity)) {
      this.#waiting.set(identity, { sighting, since: now })
    }
  }

  /** Those that the chain would have told of by now, or that have waited long enough. */
  due(chainReadUntil: number, now: number): Sighting[] {
    return [...this.#waiting.values()]
      .filter(
        ({ sighting, since }) => sighting.time <= chainReadUntil || now - since >= LONGEST_WAIT_MS
      )
      .map(({ sighting }) => sighting)
  }

  leave(sightings: readonly Sighting[]) {
    for (const sighting of sightings) {
      this.#waiting.delete(identityOf(sighting))
    }
  }
}
