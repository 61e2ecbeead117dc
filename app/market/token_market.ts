import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonTexts } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { WINDOW_NAMES, type WindowName } from '#market/minutes'

type WindowFigures = Record<`buys_${WindowName}` | `sells_${WindowName}`, number> &
  Record<`volume_${WindowName}`, number | null>

/** The figures of one token, as they are stored. Money is in BNB, for comparing; null is not known. */
export interface TokenMarket extends WindowFigures {
  chain_id: number
  token_address: string
  /** Its newest launch event: the graduation, if it has graduated. */
  launch_id: number
  source: string
  stage: 'created' | 'graduated'
  created_time: number
  /** What it was launched for, by name. */
  quote: string | null
  /** Quote wei for one whole token, and the address of the asset that it is in. */
  price: string | null
  price_quote: string | null
  cap: number | null
  liquidity: number | null
  /** Of its curve, in percent. */
  progress: number | null
  /** When figures of it change though nothing happens, in epoch milliseconds. */
  due_at: number | null
}

/** The figures of these tokens, by address; of those whose launch was a moment ago there are none yet. */
export async function readMarkets(
  client: QueryClientContract,
  tokens: readonly string[]
): Promise<Map<string, TokenMarket>> {
  if (tokens.length === 0) return new Map()

  const rows = await rowsOf<TokenMarket>(
    client,
    `select * from token_markets where token_address in ${jsonTexts(client)}`,
    [JSON.stringify(tokens)]
  )
  return new Map(rows.map((row) => [row.token_address, marketIn(row)]))
}

const WHOLE_NUMBERS = WINDOW_NAMES.flatMap((name) => [`buys_${name}`, `sells_${name}`])

/** PostgreSQL answers whole numbers of 64 bits as text. */
export function marketIn(row: TokenMarket): TokenMarket {
  const names = ['launch_id', 'created_time', ...WHOLE_NUMBERS] as (keyof TokenMarket)[]
  return { ...row, ...Object.fromEntries(names.map((name) => [name, Number(row[name])])) }
}
