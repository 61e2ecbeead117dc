import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows, jsonTexts, type ColumnType } from '#foundation/db/json_rows'
import { execute, rowsOf } from '#foundation/db/statement'
import { MINUTE_MS, sumWindows, WINDOW_NAMES, WINDOWS } from '#market/minutes'
import type { WindowName, WindowSum } from '#market/minutes'
import { bnbOf, quoteName, unitOf } from '#market/quote_value'
import { supplyOf } from '#market/supply'
import type { TokenMarket } from '#market/token_market'

const COLUMNS: Record<string, ColumnType> = {
  chain_id: 'bigint',
  token_address: 'text',
  launch_id: 'bigint',
  source: 'text',
  stage: 'text',
  created_time: 'bigint',
  quote: 'text',
  price: 'text',
  price_quote: 'text',
  cap: 'double precision',
  liquidity: 'double precision',
  progress: 'double precision',
  ...Object.fromEntries(
    WINDOW_NAMES.flatMap((window): [string, ColumnType][] => [
      [`buys_${window}`, 'bigint'],
      [`sells_${window}`, 'bigint'],
      [`volume_${window}`, 'double precision'],
    ])
  ),
  due_at: 'bigint',
}

const NAMES = Object.keys(COLUMNS)

/** What is asked beside its reading (a quote asset, a raise target) comes within so long after a launch, in milliseconds. */
const LATE_DETAILS_MS = 30_000

/** What is priced in dollars changes its place among others with the price of the coin: looked at so often. */
const DOLLARS_EVERY_MS = 6 * 3_600_000

/** Reckons the figures of these tokens anew. One without a launch that stands has none. */
export async function refreshMarkets(
  client: QueryClientContract,
  tokens: readonly string[],
  usdPerBnb: number | null,
  now: number
) {
  if (tokens.length === 0) return

  const launches = await launchesOf(client, tokens)
  const pools = await poolsOf(client, tokens)
  const prices = await lastPrices(client, tokens)
  const windows = await sumWindows(client, tokens, now)
  const rows = [...launches].map(([token, ofToken]) =>
    marketOf({
      launches: ofToken,
      pools: pools.get(token) ?? [],
      priced: prices.get(token),
      windows: windows.get(token) ?? NO_WINDOWS,
      usdPerBnb,
      now,
    })
  )
  const gone = tokens.filter((token) => !launches.has(token))
  if (gone.length > 0) {
    const sql = `delete from token_markets where token_address in ${jsonTexts(client)}`
    await execute(client, sql, [JSON.stringify(gone)])
  }
  const updates = NAMES.map((name) => `${name} = excluded.${name}`)
  await execute(
    client,
    `insert into token_markets (${NAMES.join(', ')})
     select ${NAMES.join(', ')} from ${jsonRows(client, 'reckoned', COLUMNS)}
     where true on conflict (token_address, chain_id) do update set ${updates.join(', ')}`,
    [jsonOf(COLUMNS, rows)]
  )
}

const NOTHING: WindowSum = { buys: 0, sells: 0, bnb: 0, usd: 0, oldest: null }

const NO_WINDOWS = Object.fromEntries(WINDOW_NAMES.map((name) => [name, NOTHING])) as Record<
  WindowName,
  WindowSum
>

interface LaunchRow {
  id: number | string
  chain_id: number | string
  token_address: string
  source: string
  kind: string
  quote_address: string | null
  event_time: number | string
}

interface PoolRow {
  token_address: string
  kind: string
  quote_address: string | null
  price: string | null
  quote_reserve: string | null
  progress: string | null
}

interface PricedTrade {
  token_address: string
  price: string
  quote_address: string | null
}

interface Known {
  launches: LaunchRow[]
  pools: PoolRow[]
  priced?: PricedTrade
  windows: Record<WindowName, WindowSum>
  usdPerBnb: number | null
  now: number
}

function marketOf({ launches, pools, priced, windows, usdPerBnb, now }: Known): TokenMarket {
  const born = launches.find(({ kind }) => kind === 'created') ?? launches[0]!
  const graduated = launches.findLast(({ kind }) => kind === 'graduated')
  const curve = pools.find(({ kind }) => kind === 'curve')
  const pool = graduated ? (pools.findLast(({ kind }) => kind !== 'curve') ?? curve) : curve
  const price = priced?.price ?? pool?.price ?? null
  const priceQuote = (priced ? priced.quote_address : pool?.quote_address) ?? null
  const supply = supplyOf(born.source)
  const worth = (amount: string | bigint | null | undefined, quote: string | null | undefined) =>
    amount === null || amount === undefined ? null : bnbOf(amount, quote ?? null, usdPerBnb)
  // What lies in a pool of an exchange stands against tokens of the same worth; of a curve it is all there is.
  const sides = pool && pool.kind !== 'curve' ? 2n : 1n

  return {
    chain_id: Number(born.chain_id),
    token_address: born.token_address,
    launch_id: Number((graduated ?? born).id),
    source: born.source,
    stage: graduated ? 'graduated' : 'created',
    created_time: Number(born.event_time),
    quote: quoteName(born.quote_address ?? curve?.quote_address ?? priceQuote),
    price,
    price_quote: price === null ? null : priceQuote,
    cap: worth(price !== null && supply ? BigInt(price) * supply : null, priceQuote),
    liquidity: worth(
      pool?.quote_reserve ? BigInt(pool.quote_reserve) * sides : null,
      pool?.quote_address
    ),
    progress: curve?.progress ? Number(curve.progress) / 1e16 : null,
    ...figuresOf(windows, usdPerBnb),
    due_at: dueAt(windows, Number(born.event_time), unitOf(priceQuote) === 'USD', now),
  }
}

function figuresOf(windows: Record<WindowName, WindowSum>, usdPerBnb: number | null) {
  const figures = WINDOW_NAMES.flatMap((name): [string, number | null][] => {
    const { buys, sells, bnb, usd } = windows[name]
    const volume = usd === 0 ? bnb : usdPerBnb === null ? null : bnb + usd / usdPerBnb
    return [
      [`buys_${name}`, buys],
      [`sells_${name}`, sells],
      [`volume_${name}`, volume],
    ]
  })
  return Object.fromEntries(figures) as Pick<
    TokenMarket,
    keyof TokenMarket & `${string}_${WindowName}`
  >
}

/** When the figures change though nothing happens: a minute leaves its window. Null: never. */
function dueAt(
  windows: Record<WindowName, WindowSum>,
  born: number,
  isInDollars: boolean,
  now: number
): number | null {
  const times = WINDOW_NAMES.flatMap((name) => {
    const { oldest } = windows[name]
    return oldest === null ? [] : [(oldest + WINDOWS[name] + 1) * MINUTE_MS]
  })
  if (now - born < LATE_DETAILS_MS) times.push(now + LATE_DETAILS_MS)
  if (isInDollars) times.push(now + DOLLARS_EVERY_MS)
  return times.length > 0 ? Math.min(...times) : null
}

/** The launches of each token that stand, oldest first. */
async function launchesOf(client: QueryClientContract, tokens: readonly string[]) {
  const rows = await rowsOf<LaunchRow>(
    client,
    `select id, chain_id, token_address, source, kind, quote_address, event_time from launch_events
     where token_address in ${jsonTexts(client)} and removed_at is null order by token_address, id`,
    [JSON.stringify(tokens)]
  )
  return Map.groupBy(rows, ({ token_address: token }) => token)
}

/** The pools of each token that stand, oldest first. */
async function poolsOf(client: QueryClientContract, tokens: readonly string[]) {
  const rows = await rowsOf<PoolRow>(
    client,
    `select token_address, kind, quote_address, price, quote_reserve, progress from pools
     where token_address in ${jsonTexts(client)} and removed_at is null order by token_address, id`,
    [JSON.stringify(tokens)]
  )
  return Map.groupBy(rows, ({ token_address: token }) => token)
}

/** The newest trade of each token that says a price. */
async function lastPrices(client: QueryClientContract, tokens: readonly string[]) {
  const last = `select trades.id from trades where trades.token_address = asked.token
    and trades.removed_at is null and trades.price is not null order by trades.id desc limit 1`
  const rows = await rowsOf<PricedTrade>(
    client,
    `select trades.token_address, trades.price, trades.quote_address
     from ${jsonRows(client, 'asked', { token: 'text' })} join trades on trades.id = (${last})`,
    [JSON.stringify(tokens.map((token) => [token]))]
  )
  return new Map(rows.map((row) => [row.token_address, row]))
}
