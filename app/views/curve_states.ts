import { readCurves } from '#feed/launch_cards'
import type { FeedBatch } from '#feed/stream_position'
import type { FactRow } from '#facts/define_fact'
import { curveView } from '#views/curve_view'
import type { Locale } from '#http/page_language'

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
export async function curveStates(batch: FeedBatch, locale: Locale): Promise<CurveState[]> {
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
