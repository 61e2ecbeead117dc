import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * The facts of one kind about a token. The `+` keeps SQLite from searching by the chain, which is the
 * same for nearly all rows: before there are statistics, an index that begins with it counts as good
 * as the index of tokens.
 */
export function factsOfToken(
  trx: TransactionClientContract,
  table: string,
  chainId: number,
  token: string
) {
  return trx.from(table).where('token_address', token).whereRaw('+chain_id = ?', [chainId])
}
