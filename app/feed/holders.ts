import { MOST_TRADES, type TokenTrade } from '#feed/token_trades'

/** So many holders are named. */
const NAMED = 10

/** Who holds a token, as far as its trades tell: what was sent from wallet to wallet is in no trade. */
export interface Holders {
  count: number
  /** The largest, with what they bought and did not sell, in base units. */
  largest: { address: string; amount: bigint }[]
  /** There are more trades than were looked at. */
  isPartial: boolean
}

/** Null where nothing was traded. */
export function holdersIn(trades: readonly TokenTrade[]): Holders | null {
  if (trades.length === 0) return null

  const amounts = new Map<string, bigint>()
  for (const { trader, side, base_amount: amount } of trades) {
    const change = side === 'buy' ? BigInt(amount) : -BigInt(amount)
    amounts.set(trader, (amounts.get(trader) ?? 0n) + change)
  }
  const holding = [...amounts].filter(([, amount]) => amount > 0n)
  const largest = holding.toSorted(
    ([, one], [, other]) => Number(other > one) - Number(one > other)
  )
  return {
    count: holding.length,
    largest: largest.slice(0, NAMED).map(([address, amount]) => ({ address, amount })),
    isPartial: trades.length === MOST_TRADES,
  }
}
