import { systemClock } from '#foundation/clock'
import type { CountingNode } from '#benchmarks/payments/counting_node'
import type { Installation } from '#benchmarks/payments/installation'

/** Addresses in one request, as it is by default. */
const CHUNK = 200

/** How often it is looked whether a round is over, in milliseconds. */
const LOOK_EVERY_MS = 5

/** How long a watcher may ask for nothing, its start included, in milliseconds. */
const SILENT_MS = 30_000

export interface Round {
  ms: number
  requests: number
}

/** Has the real command look at every address once, and answers how long that took. */
export async function watchRound(
  installation: Installation,
  node: CountingNode,
  count: number,
  requestsPerSecond: number
): Promise<Round> {
  const watcher = await installation.processes({
    PAYMENTS_CHUNK: String(CHUNK),
    PAYMENTS_REQUESTS_PER_SECOND: String(requestsPerSecond),
  })
  node.reset()
  watcher.spawn('build/ace.js', 'scan:payments')
  try {
    await untilRead(node, Math.ceil(count / CHUNK))
    return { ms: performance.now() - node.firstAt!, requests: node.requests }
  } finally {
    await watcher.stop()
  }
}

/** @throws when no more is asked for */
async function untilRead(node: CountingNode, readings: number) {
  let heard = { readings: 0, at: performance.now() }
  while (node.readings < readings) {
    await systemClock.sleep(LOOK_EVERY_MS)
    if (node.readings > heard.readings) {
      heard = { readings: node.readings, at: performance.now() }
    }
    if (performance.now() - heard.at > SILENT_MS) {
      throw new Error(`The watcher has stopped after ${node.readings} of ${readings} readings`)
    }
  }
}
