import { address, amount, choice, hash, id, nullable, poolId, source } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { chainColumns, onChain, storedRows } from '#facts/on_chain'
import type { Address } from '#facts/on_chain'

export const TRADE_SIDES = ['buy', 'sell'] as const

export type TradeSide = (typeof TRADE_SIDES)[number]

/** A token was bought or sold, as a source reads it. */
export interface TradeFact {
  type: 'trade'
  poolId: string
  token: Address
  trader: Address
  side: TradeSide
  quote?: Address
  quoteAmount: bigint
  baseAmount: bigint
  fee?: bigint
  /** Quote wei for one whole token (1e18 base units). */
  price?: bigint
}

const columns = {
  id: id(),
  source: source(),
  pool_id: poolId(),
  trader: address(),
  token_address: address(),
  side: choice(TRADE_SIDES),
  quote_address: nullable(address()),
  quote_amount: amount(),
  base_amount: amount(),
  fee: nullable(amount()),
  price: nullable(amount()),
  tx_hash: hash(),
  ...chainColumns,
}

/** A token was bought or sold. */
export const trade = defineFact({
  type: 'trade',
  table: 'trades',
  columns,
  ...onChain('tx_hash'),
  events: 'trade.executed',
  list: {
    path: 'trades',
    summary: 'Trades that match, newest first',
    title: 'Trade',
    filters: ['trader', 'side'],
    indexes: [
      { column: 'token_address' },
      { column: 'trader' },
      {
        // By the token of the pool: an index of the pools would cost every trade that is stored.
        column: 'pool_id',
        index: 'trades_token',
        where: 'token_address = (select token_address from pools where pool_id = ? limit 1)',
      },
    ],
  },
  stream: { letter: 't', isPublic: true },
  kept: { ms: 7 * 86_400_000, setting: 'RETAIN_TRADES' },
  rows: storedRows(columns, { completed: ['quote_address'] }, (fact: TradeFact, log) => ({
    pool_id: fact.poolId,
    trader: fact.trader,
    token_address: fact.token,
    side: fact.side,
    quote_address: fact.quote,
    quote_amount: fact.quoteAmount.toString(),
    base_amount: fact.baseAmount.toString(),
    fee: fact.fee?.toString(),
    price: fact.price?.toString(),
    tx_hash: log.transactionHash,
  })),
})
