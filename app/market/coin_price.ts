import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'

/** What one coin of a chain costs, as a pool on that chain said last. */
export interface CoinPrice {
  /** Dollars for one BNB, to compute what is shown. */
  usdPerBnb: number
  /** The same to the last digit, with 18 decimals. */
  usd: string
  pool: string
  block: number
  /** When it was read, in epoch milliseconds. */
  readAt: number
}

interface Row {
  usd: string
  pool_address: string
  block_number: number | string
  read_at: number | string
}

/** Null while it has never been read. */
export async function readCoinPrice(chainId: number): Promise<CoinPrice | null> {
  const [row] = await rowsOf<Row>(
    db.connection(),
    'select usd, pool_address, block_number, read_at from coin_prices where chain_id = ?',
    [chainId]
  )
  if (!row) return null
  return {
    usdPerBnb: Number(row.usd) / 1e18,
    usd: row.usd,
    pool: row.pool_address,
    block: Number(row.block_number),
    readAt: Number(row.read_at),
  }
}
