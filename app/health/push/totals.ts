import { countsOfAll } from '#webhooks/endpoints/delivery_stats'

/** Sums over all that was ever pushed; one try of one event is one push. */
export interface Totals {
  accepted: number
  failed: number
  /** Events that a filter did not want. */
  left_out: number
  /** Events that a filter or a template failed on. */
  unfit: number
}

/** Read from the sums that are kept with every attempt. */
export async function readTotals(): Promise<Totals> {
  const counts = await countsOfAll()
  const of = (...outcomes: string[]) =>
    counts
      .filter(({ outcome }) => outcomes.includes(outcome))
      .reduce((sum, { attempts }) => sum + attempts, 0)
  return {
    accepted: of('accepted'),
    failed: of('failed'),
    left_out: of('left_out'),
    unfit: of('filter_failed', 'template_failed'),
  }
}
