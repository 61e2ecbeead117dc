import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { freePort } from '#demo/processes/ports'
import { until } from '#demo/until'
import { systemClock } from '#foundation/clock'
import { receive } from '#benchmarks/support/receive'
import { Timeline } from '#benchmarks/latency/timeline'
import { Trading } from '#benchmarks/latency/trading'
import { watchCursor } from '#benchmarks/latency/watch_cursor'
import { watchHeads } from '#benchmarks/latency/watch_heads'
import { percentile } from '#benchmarks/support/measure'
import { Regou } from '#benchmarks/support/regou'
import { report, round } from '#benchmarks/support/report'

/** BSC's block interval. */
const BLOCK_SECONDS = 0.45

/** Blocks that are not counted: everything is still being loaded and compiled. */
const WARM_UP_BLOCKS = 10

/** How long the first events and the last ones may take to arrive, in milliseconds. */
const ARRIVE_WITHIN_MS = 30_000

/** How long it takes from a block at the node to its rows, and to the first webhook about it. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const endings: (() => unknown)[] = []
  try {
    const anvil = await startAnvil({ port: await freePort(), blockSeconds: BLOCK_SECONDS })
    endings.push(() => anvil.stop())
    const chain = new LocalChain(anvil.url)
    await chain.placeContracts()

    const nodeUrl = anvil.url.replace('http', 'ws')
    const receiverPort = await freePort()
    const regou = new Regou(root, {
      chainUrl: nodeUrl,
      receiverPort,
      port: await freePort(),
      variables: { SCAN_CONFIRM: 'latest' },
    })
    endings.push(() => rmSync(dirname(regou.databasePath), { recursive: true }))
    endings.push(() => regou.stop())
    await regou.start()
    regou.spawn('ace.js', 'scan:chain')

    const timeline = new Timeline()
    const trading = new Trading(chain, 1)
    endings.push(
      await receive(receiverPort, ({ block_number: block }) => timeline.note('post', Number(block)))
    )
    endings.push(watchCursor(regou.databasePath, (block) => timeline.note('row', block)))
    endings.push(
      watchHeads(nodeUrl, (block) => {
        timeline.note('visible', block)
        trading.afterBlock(block)
      })
    )
    publish(timeline, await blocksWithEvents(chain, timeline, isQuick ? 60 : 300))
  } finally {
    for (const end of endings.reverse()) {
      await end()
    }
  }
}

/**
 * Waits until `count` blocks after the warm-up have been mined, and until the events of each of
 * them have arrived. Which blocks have events is what the node says, not what arrived.
 *
 * @throws when nothing arrives at all
 */
async function blocksWithEvents({ client }: LocalChain, timeline: Timeline, count: number) {
  await soon(() => timeline.last('post') !== undefined, 'the first event')
  const first = timeline.last('visible')! + WARM_UP_BLOCKS
  const last = first + count - 1
  await until(() => timeline.has('visible', last), systemClock, new AbortController().signal)

  const logs = await client.getLogs({ fromBlock: BigInt(first), toBlock: BigInt(last) })
  const blocks = [...new Set(logs.map(({ blockNumber }) => Number(blockNumber)))]
  await soon(() => blocks.every((block) => timeline.has('post', block)), 'every event')
  return blocks
}

async function soon(condition: () => boolean, what: string) {
  await until(condition, systemClock, AbortSignal.timeout(ARRIVE_WITHIN_MS))
  if (!condition()) {
    throw new Error(`Waited ${ARRIVE_WITHIN_MS / 1000} s in vain for ${what}`)
  }
}

function publish(timeline: Timeline, blocks: readonly number[]) {
  const row = timeline.delays('row', blocks)
  const post = timeline.delays('post', blocks)
  const interval = timeline.interval(blocks)
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const cells = (delays: readonly number[]) => ({
    p50: ms(percentile(delays, 0.5)),
    p99: ms(percentile(delays, 0.99)),
    longest: ms(delays.at(-1)!),
  })

  report(
    {
      bench: 'latency',
      ratios: { block_interval: round(interval / percentile(post, 0.5)) },
      figures: {
        row_p50_ms: round(percentile(row, 0.5), 1),
        row_p99_ms: round(percentile(row, 0.99), 1),
        post_p50_ms: round(percentile(post, 0.5), 1),
        post_p99_ms: round(percentile(post, 0.99), 1),
        interval_ms: round(interval, 1),
        blocks: blocks.length,
      },
      runs: 1,
    },
    [
      ['node to row committed', cells(row)],
      ['node to webhook received', cells(post)],
      ['from block to block', { p50: ms(interval), p99: '', longest: '' }],
    ]
  )
}
