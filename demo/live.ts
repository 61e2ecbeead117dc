import type { Clock } from '#foundation/clock'
import { announce } from '#demo/processes/output'
import type { Tally } from '#demo/tally'
import { until } from '#demo/until'

/** Says where to look, once the web application answers and a first event has been received. */
export async function announceWhenLive(
  port: number,
  tally: Tally,
  clock: Clock,
  signal: AbortSignal
) {
  const url = `http://127.0.0.1:${port}`

  await until(
    async () => tally.received > 0 && (await answers(`${url}/health/live`)),
    clock,
    signal
  )
  if (!signal.aborted) {
    announce(
      `Regou is live: open ${url}   (Ctrl+C stops everything)`,
      `To try a payment: log in at ${url}/login?next=/renew with the demo wallet, choose a plan and pay`
    )
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null)
  return response?.ok ?? false
}
