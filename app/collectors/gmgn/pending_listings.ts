import { identityOf, type GmgnListing } from '#collectors/gmgn/listing'
import ScanCursor from '#models/scan_cursor'

/** How long a listing waits for the chain, at most, in milliseconds. */
const LONGEST_WAIT_MS = 60_000

/**
 * Listings that may still be read from the chain. GMGN is often quicker than the finalized block,
 * but a fact of the chain says more: a listing is stored only where none comes.
 */
export class PendingListings {
  readonly #pending = new Map<string, { listing: GmgnListing; since: number }>()

  has(identity: string): boolean {
    return this.#pending.has(identity)
  }

  add(listing: GmgnListing, now: number) {
    const identity = identityOf(listing)
    if (!this.#pending.has(identity)) {
      this.#pending.set(identity, { listing, since: now })
    }
  }

  /** Listings that would have been read from the chain by now, or that have waited long enough. */
  due(readUntil: number, now: number): GmgnListing[] {
    return [...this.#pending.values()]
      .filter(({ listing, since }) => listing.time <= readUntil || now - since >= LONGEST_WAIT_MS)
      .map(({ listing }) => listing)
  }

  leave(listings: readonly GmgnListing[]) {
    for (const listing of listings) {
      this.#pending.delete(identityOf(listing))
    }
  }
}

/** So long after an event, a scanner at the head has stored it, in milliseconds. */
const MARGIN_MS = 10_000

/**
 * Until when (epoch milliseconds) everything that happened on the chain is stored. Infinite when no
 * scanner has ever worked on this database, and 0 while one is behind.
 */
export async function chainReadUntil(chainId: number): Promise<number> {
  const cursor = await ScanCursor.find(`chain:${chainId}`)
  if (!cursor) {
    return Infinity
  }
  return cursor.blockNumber === cursor.headBlock ? cursor.updatedAt - MARGIN_MS : 0
}
