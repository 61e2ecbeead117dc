import { describeLaunches, readCurves } from '#feed/launch_cards'
import type { Frame } from '#feed/stream_subscriber'
import type { FeedBatch, FeedEvent } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'
import { launchView } from '#views/launch_view'
import { rendererFor, type Locale } from '#http/language'
import { tradeView } from '#views/token_view'
import { curveView } from '#views/curve_view'

interface FeedWish {
  source?: string
  kind?: string
}

/** What the feed's page gets: a row for each new launch, and what trades changed on the others. */
export async function feedFrames(batch: FeedBatch, wish: FeedWish, locale: Locale) {
  const isWanted = ({ type, row }: FeedEvent) =>
    type === 'launch' &&
    (!wish.source || row.source === wish.source) &&
    (!wish.kind || row.kind === wish.kind)

  const launches = batch.events.filter(isWanted).map(async ({ row, position }) => {
    return { position, event: 'launch', data: await launchHtml(row, locale) }
  })
  return [...(await Promise.all(launches)), ...(await stateFrame(batch, locale))]
}

/** What a token's page gets: a row for each of its trades, and the curve they left behind. */
export async function tokenFrames(batch: FeedBatch, token: string, locale: Locale) {
  const isOfToken = ({ type, row }: FeedEvent) =>
    (type === 'launch' || type === 'trade') && row.token_address === token
  const events = batch.events.filter(isOfToken)

  const frames = events.map(async ({ type, row, position }): Promise<Frame> => {
    if (type === 'launch') return { position, event: 'reload', data: 'launch' }
    return { position, event: 'trade', data: await tradeHtml(row, locale) }
  })
  return [...(await Promise.all(frames)), ...(await stateFrame({ ...batch, events }, locale))]
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
  const [launch] = await describeLaunches([row])
  const view = launchView(launch!, locale, systemClock.now())
  return rendererFor(locale).render('components/feed/row', { launch: view })
}

function tradeHtml(row: FactRow, locale: Locale): Promise<string> {
  const trade = tradeView(row, locale, systemClock.now())
  return rendererFor(locale).render('components/token/trade', { trade })
}

/** What trades changed on a token: how many there were, and where they left its curve. */
interface CurveState {
  token: string
  trades: number
  percent: string | null
  raised: string | null
  price: string | null
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

  return [...trades].map(([token, { length }]) => {
    const curve = curves.get(token)
    const view = curve && curveView(curve, locale)
    return {
      token,
      trades: length,
      percent: view?.percent ?? null,
      raised: view?.raised?.text ?? null,
      price: view?.price?.text ?? null,
    }
  })
}
