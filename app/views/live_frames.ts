import { feedRows } from '#feed/feed_rows'
import { readCurves } from '#feed/launch_cards'
import type { Frame } from '#feed/stream_subscriber'
import type { Beat } from '#feed/pulse'
import type { FeedBatch } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'
import { feedRowView } from '#views/feed_row_view'
import { rendererFor, type Locale } from '#http/language'
import { tradeView } from '#views/token_view'
import { curveView } from '#views/curve_view'

/**
 * What the open pages of a browser get: a row for each new launch and for each trade of the tokens that
 * are open, and what trades changed on all others. Each page takes what it shows.
 */
export async function marketFrames(batch: FeedBatch, tokens: string[], locale: Locale) {
  const framing = batch.events.map(async ({ type, row, position }): Promise<Frame[]> => {
    if (type === 'launch') return [{ position, event: type, data: await launchHtml(row, locale) }]
    if (!tokens.includes(String(row.token_address))) return []
    return [{ position, event: 'trade', data: await tradeHtml(row, locale) }]
  })
  const [frames, states] = await Promise.all([Promise.all(framing), stateFrame(batch, locale)])
  return [...frames.flat(), ...states]
}

/** What pages get at every beat, as events and their data. */
export function beatFrames({ now, head, curves }: Beat, locale: Locale): [string, string][] {
  const states = curves.map((curve) => ({
    token: String(curve.token_address),
    trades: [],
    ...curveText(curve, locale),
  }))
  const beat: [string, string] = ['head', JSON.stringify({ now, ...head })]
  return states.length === 0 ? [beat] : [beat, ['state', JSON.stringify(states)]]
}

async function stateFrame(batch: FeedBatch, locale: Locale): Promise<Frame[]> {
  const states = await curveStates(batch, locale)
  if (states.length === 0) return []
  return [{ position: batch.position, event: 'state', data: JSON.stringify(states) }]
}

/** Rows are rendered once per language, however many pages are open. */
const rendered = new WeakMap<FactRow, Map<Locale, Promise<string>>>()

function launchHtml(row: FactRow, locale: Locale): Promise<string> {
  const byLocale = rendered.get(row) ?? new Map<Locale, Promise<string>>()
  rendered.set(row, byLocale)

  const html = byLocale.get(locale) ?? renderLaunch(row, locale)
  byLocale.set(locale, html)
  return html
}

async function renderLaunch(row: FactRow, locale: Locale): Promise<string> {
  const now = systemClock.now()
  const [launch] = await feedRows([row], now)
  const view = feedRowView(launch!, locale, now)
  return rendererFor(locale).render('components/feed/row', { launch: view })
}

function tradeHtml(row: FactRow, locale: Locale): Promise<string> {
  const trade = tradeView(row, locale, systemClock.now())
  return rendererFor(locale).render('components/token/trade', { trade })
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

function curveText(curve: FactRow | undefined, locale: Locale): CurveText {
  const view = curve && curveView(curve, locale)
  return {
    percent: view?.percent ?? null,
    raised: view?.raised?.text ?? null,
    target: view?.target?.text ?? null,
    price: view?.price?.text ?? null,
  }
}

/** One read of the curves serves every page that shows the batch. */
const curvesOf = new WeakMap<FeedBatch, Promise<Map<string, FactRow>>>()

/** The state of each token that the batch traded. */
async function curveStates(batch: FeedBatch, locale: Locale): Promise<CurveState[]> {
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
    ...curveText(curves.get(token), locale),
  }))
}
