import { listFacts } from '#feed/fact_list'

/** So many of the newest trades of a token say how its price went and who holds it. */
export const MOST_TRADES = 5_000

const COLUMNS = [
  ...['id', 'event_time', 'trader', 'side', 'price'],
  ...['quote_amount', 'quote_address', 'base_amount'],
]

/** A trade, as far as the figures of its token need it. */
export interface TokenTrade {
  event_time: number
  trader: string
  side: 'buy' | 'sell'
  price: string | null
  quote_amount: string
  quote_address: string | null
  base_amount: string
}

/** The newest trades of a token (its address in lower case), newest first. */
export async function newestTrades(token: string): Promise<TokenTrade[]> {
  const window = { limit: MOST_TRADES, columns: COLUMNS }
  const rows = await listFacts('trade', { token_address: token }, window)
  return rows as unknown as TokenTrade[]
}
