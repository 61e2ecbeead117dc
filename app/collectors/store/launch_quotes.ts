import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import type { Address } from '#sources/facts'

const ASKED_COLUMNS = { address: 'text' } as const

/**
 * The quote assets that launches name of these tokens. They outlive what is known of a token, which
 * goes while it is not traded. `cross join` keeps SQLite from walking through the table instead of
 * the list; the `+` is that of `factsOfToken`.
 */
export async function quotesOfLaunches(
  trx: TransactionClientContract,
  chainId: number,
  tokens: ReadonlySet<Address>
): Promise<Map<Address, Address>> {
  if (tokens.size === 0) {
    return new Map()
  }
  const asked = [...tokens].map((address) => ({ address }))
  const rows = await rowsOf<{ token_address: Address; quote_address: Address }>(
    trx,
    `select token_address, quote_address
     from ${jsonRows(trx, 'asked', ASKED_COLUMNS)} cross join launch_events
     where +launch_events.chain_id = ? and token_address = asked.address
       and quote_address is not null and removed_at is null`,
    [jsonOf(ASKED_COLUMNS, asked), chainId]
  )
  return new Map(rows.map((row) => [row.token_address, row.quote_address]))
}
