import { feedRows } from '#feed/feed_rows'
import { readCurves } from '#feed/launch_cards'
import type { Frame } from '#feed/stream_subscriber'
import type { Beat } from '#feed/pulse'
import type { FeedBatch } from '#feed/stream_position'
import type { FactRow } from '#facts/define_fact'
import { feedRowView, marketView } from '#views/feed_row_view'
import { priceView } from '#views/money_view'
import type { TokenMarket } from '#market/token_market'
import { rendererFor } from '#http/language'
import type { MarketReader } from '#http/money'
import { tradeView } from '#views/token_view'
import { curveView } from '#views/curve_view'

/**
 * What the open pages of a browser get: a row for each new launch and for each trade of the tokens that
 * are open, and what trades changed on all others. Each page takes what it shows.
 */
export async function marketFrames(batch: FeedBatch, tokens: string[], reader: MarketReader) {
  const framing = batch.events.map(async ({ type, row, position }): Promise<Frame[]> => {
    if (type === 'launch') return [{ position, event: type, data: await launchHtml(row, reader) }]
    if (!tokens.includes(String(row.token_address))) return []
    return [{ position, event: 'trade', data: await tradeHtml(row, reader) }]
  })
  const [frames, states] = await Promise.all([Promise.all(framing), stateFrame(batch, reader)])
  return [...frames.flat(), ...states]
}

/** What pages get at every beat, as events and their data. */
export function beatFrames(beat: Beat, reader: MarketReader): [string, string][] {
  const { now, head, tokens } = beat
  const states = tokens.map(({ token, curve, market }) => ({
    token,
    trades: [],
    ...curveText(curve, reader),
    ...(market && figuresText(market, curve, reader)),
  }))
  const price = priceView(reader)
  const coin = price && { price: price.text, readAt: price.readAt, isOld: price.isOld }
  const told: [string, string] = ['head', JSON.stringify({ now, ...head, coin })]
  return states.length === 0 ? [told] : [told, ['state', JSON.stringify(states)]]
}

async function stateFrame(batch: FeedBatch, reader: MarketReader): Promise<Frame[]> {
  const states = await curveStates(batch, reader)
  if (states.length === 0) return []
  return [{ position: batch.position, event: 'state', data: JSON.stringify(states) }]
}

/** Rows are rendered once per language and currency, however many pages are open. */
const rendered = new WeakMap<FactRow, Map<string, Promise<string>>>()

function launchHtml(row: FactRow, reader: MarketReader): Promise<string> {
  const byReader = rendered.get(row) ?? new Map<string, Promise<string>>()
  rendered.set(row, byReader)

  const key = `${reader.locale} ${reader.money.currency}`
  const html = byReader.get(key) ?? renderLaunch(row, reader)
  byReader.set(key, html)
  return html
}

async function renderLaunch(row: FactRow, reader: MarketReader): Promise<string> {
  const [launch] = await feedRows([row])
  const view = feedRowView(launch!, reader)
  return rendererFor(reader.locale).render('components/feed/row', { launch: view })
}

function tradeHtml(row: FactRow, reader: MarketReader): Promise<string> {
  const trade = tradeView(row, reader)
  return rendererFor(reader.locale).render('components/token/trade', { trade })
}

/** What changed on a token, as an open page shows it. */
interface CurveState extends CurveText {
  token: string
  /** The ids of the trades that are new: a page that has seen some of them counts the others. */
  trades: number[]
}

interface CurveText {
  percent: string | null
  raised: string | null
  target: string | null
  price: string | null
}

function curveText(curve: FactRow | undefined, reader: MarketReader): CurveText {
  const view = curve && curveView(curve, reader)
  return {
    percent: view?.percent ?? null,
    raised: view?.raised?.text ?? null,
    target: view?.target?.text ?? null,
    price: view?.price?.text ?? null,
  }
}

/** The figures of a row, as texts by the names of their places. */
function figuresText(market: TokenMarket, curve: FactRow | undefined, reader: MarketReader) {
  const { price, cap, liquidity, windows } = marketView(market, curve ?? null, reader)
  return {
    price: price?.text ?? null,
    cap: cap?.text ?? null,
    liquidity: liquidity?.text ?? null,
    windows: Object.fromEntries(
      windows.map(({ name, buys, sells, volume }) => [name, [volume?.text ?? null, buys, sells]])
    ),
  }
}

/** One read of the curves serves every page that shows the batch. */
const curvesOf = new WeakMap<FeedBatch, Promise<Map<string, FactRow>>>()

/** The state of each token that the batch traded. */
async function curveStates(batch: FeedBatch, reader: MarketReader): Promise<CurveState[]> {
  const trades = Map.groupBy(
    batch.events.filter(({ type }) => type === 'trade'),
    ({ row }) => String(row.token_address)
  )
  if (trades.size === 0) return []

  const reading = curvesOf.get(batch) ?? readCurves([...trades.keys()])
  curvesOf.set(batch, reading)
  const curves = await reading

  return [...trades].map(([token, events]) => ({
    token,
    trades: events.map(({ row }) => Number(row.id)),
    ...curveText(curves.get(token), reader),
  }))
}
