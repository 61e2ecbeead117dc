import { createHmac } from 'node:crypto'
import { systemClock } from '#foundation/clock'
import { SIGNING_KEY, type Installation } from '#benchmarks/payments/installation'
import { untilAnswers } from '#benchmarks/support/until_answers'

/** Calls that are not counted: everything is still being loaded and compiled. */
const WARM_UP = 100

/** A call so often, in milliseconds: far more than providers send. */
const EVERY_MS = 50

/** How long the answers took, in milliseconds, shortest first. */
export interface Answers {
  hints: number[]
  empty: number[]
}

/**
 * Tells the compiled web process of transfers to one address after the other, signed, while a
 * watcher is at work; turn by turn with an empty route, so that both suffer from what else the
 * machine does.
 */
export async function postHints(
  installation: Installation,
  addresses: readonly string[],
  count: number
): Promise<Answers> {
  const regou = await installation.processes({})
  const url = `http://127.0.0.1:${installation.port}`
  regou.spawn('build/bin/server.js')
  regou.spawn('build/ace.js', 'scan:payments')
  try {
    await untilAnswers(`${url}/health/ready`)
    const hints: number[] = []
    const empty: number[] = []
    for (let call = 0; call < WARM_UP + count; call++) {
      const address = addresses[(call * 7919) % addresses.length]!
      hints.push(await timed(`${url}/webhook/bnb-transfer`, 202, signed(address)))
      await systemClock.sleep(EVERY_MS / 2)
      empty.push(await timed(`${url}/health/live`, 200))
      await systemClock.sleep(EVERY_MS / 2)
    }
    const sorted = (times: number[]) => times.slice(WARM_UP).toSorted((a, b) => a - b)
    return { hints: sorted(hints), empty: sorted(empty) }
  } finally {
    await regou.stop()
  }
}

/** In the form of an Alchemy address activity. */
function signed(address: string): RequestInit {
  const activity = [{ toAddress: address, value: 1, asset: 'BNB', category: 'external' }]
  const event = { network: 'BNB_MAINNET', activity }
  const body = JSON.stringify({ webhookId: 'wh_1', type: 'ADDRESS_ACTIVITY', event })
  const signature = createHmac('sha256', SIGNING_KEY).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-alchemy-signature': signature }
  return { method: 'POST', headers, body }
}

/** @throws when the answer has another status */
async function timed(url: string, status: number, request: RequestInit = {}): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(url, request)
  const text = await response.text()
  if (response.status !== status) {
    throw new Error(`${url} answered ${response.status}: ${text}`)
  }
  return performance.now() - startedAt
}
