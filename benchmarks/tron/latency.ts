import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { SLOT_MS } from '#demo/tron/tron_chain'
import { until } from '#demo/until'
import { systemClock as clock } from '#foundation/clock'
import { Timeline } from '#benchmarks/latency/timeline'
import { watchCursor } from '#benchmarks/latency/watch_cursor'
import { percentile } from '#benchmarks/support/measure'
import { receive } from '#benchmarks/support/receive'
import { Regou } from '#benchmarks/support/regou'
import { round } from '#benchmarks/support/report'

/** Blocks on top of one that nineteen witnesses stand on, when no slot is missed. */
const ON_TOP_OF_FINAL = 18

/** A round before the first that is read, and blocks that are not counted. */
const BEFORE = 60
const WARM_UP = 3

/** How long the last events may take to arrive, in milliseconds. */
const ARRIVE_WITHIN_MS = 30_000

/** From the block that makes another one final to its rows, and to the webhook about it. */
export interface Latency {
  row_p50_ms: number
  row_p99_ms: number
  post_p50_ms: number
  post_p99_ms: number
}

/** How long it takes from a final block to its rows and to the webhook, with blocks every 3 s. */
export async function measureLatency(count: number): Promise<Latency> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const tron = new LocalTron({ clock, beganAt: clock.now() - BEFORE * SLOT_MS })
  const [pool, renter] = [tron.wallet(), tron.wallet()]
  pool.freeze(1_000_000n * TRX)
  const endings: (() => unknown)[] = [() => tron.close()]
  try {
    const endpoint = tron.endpoint()
    const { url: grpcUrl } = await tron.grpc(endpoint)
    const genesisId = tron.chain.block(0)!.id
    const place = { url: await endpoint.listen(), grpcUrl, genesisId }
    const receiverPort = await freePort()
    const surroundings = { chainUrl: place.url, receiverPort, port: await freePort(), tron: place }
    const regou = new Regou(root, surroundings)
    endings.push(() => rmSync(dirname(regou.databasePath), { recursive: true }))
    endings.push(() => regou.stop())
    await regou.start()
    tron.mineUntilNow(() => pool.delegate(renter.address, TRX))
    regou.spawn('ace.js', 'scan:tron')

    const timeline = new Timeline()
    endings.push(
      await receive(receiverPort, ({ block_number: block }) => timeline.note('post', Number(block)))
    )
    endings.push(watchCursor(regou.databasePath, (block) => timeline.note('row', block)))
    const blocks = await play(tron, () => pool.delegate(renter.address, TRX), timeline, count)
    return summaryOf(timeline, blocks)
  } finally {
    for (const end of endings.reverse()) await end()
  }
}

/** Makes a block in each slot, and answers which became final while the scanner followed. */
async function play(tron: LocalTron, act: () => unknown, timeline: Timeline, count: number) {
  const final = () => tron.chain.head.number - ON_TOP_OF_FINAL
  const blocks: number[] = []
  while (blocks.length < count + WARM_UP) {
    await clock.sleep(SLOT_MS - (clock.now() % SLOT_MS))
    tron.mineUntilNow(act)
    timeline.note('visible', final())
    if (timeline.last('row') !== undefined) blocks.push(final())
  }
  const counted = blocks.slice(WARM_UP)
  const haveCome = () => counted.every((block) => timeline.has('post', block))
  await until(haveCome, clock, AbortSignal.timeout(ARRIVE_WITHIN_MS))
  return counted
}

function summaryOf(timeline: Timeline, blocks: readonly number[]): Latency {
  const [row, post] = [timeline.delays('row', blocks), timeline.delays('post', blocks)]
  return {
    row_p50_ms: round(percentile(row, 0.5), 0),
    row_p99_ms: round(percentile(row, 0.99), 0),
    post_p50_ms: round(percentile(post, 0.5), 0),
    post_p99_ms: round(percentile(post, 0.99), 0),
  }
}
