import { describeLaunches } from '#feed/launch_cards'
import type { Frame } from '#feed/stream_subscriber'
import type { FeedBatch, FeedEvent } from '#feed/stream_position'
import { systemClock } from '#foundation/clock'
import type { FactRow } from '#facts/define_fact'
import { curveStates } from '#views/curve_states'
import { launchView } from '#views/launch_view'
import { rendererFor, type Locale } from '#http/page_language'
import { tradeView } from '#views/trade_view'

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
  const isOfToken = ({ row }: FeedEvent) => row.token_address === token
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
