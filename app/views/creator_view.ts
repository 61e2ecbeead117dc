import type { CreatorRecord } from '#feed/creator_records'
import { explorerUrl } from '#feed/explorer'
import type { FeedRow } from '#feed/feed_rows'
import type { MarketReader } from '#http/money'
import { identicon, type AddressView } from '#views/address_view'
import { feedRowView } from '#views/feed_row_view'

/** The creator of tokens as the page about it shows it. */
export function creatorView(
  address: AddressView,
  record: CreatorRecord,
  launches: readonly FeedRow[],
  reader: MarketReader
) {
  const chain = Number(launches[0]?.launch.chain_id)
  return {
    address,
    record,
    icon: identicon(address.lower),
    explorer: explorerUrl(chain, 'address', address.full),
    // What it did before stands above all rows.
    launches: launches.map((row) => ({ ...feedRowView(row, reader), record: null })),
  }
}
