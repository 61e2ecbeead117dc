import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { createEnvironment } from '#demo/processes/environment'
import { freePort } from '#demo/processes/ports'
import { startRedis } from '#benchmarks/deliver/start_redis'
import { Trading } from '#benchmarks/latency/trading'
import { watchHeads } from '#benchmarks/latency/watch_heads'
import { FAULTS, type Fault } from '#benchmarks/machines/faults'
import { startHouse, type House } from '#benchmarks/machines/house'
import { Network } from '#benchmarks/machines/network'
import { Watch } from '#benchmarks/machines/watch'
import { report } from '#benchmarks/support/report'
import { startPostgres } from '#tests/support/postgres'

const BLOCK_SECONDS = 0.45

/** How long a fault lasts, in milliseconds: longer than a lease. */
const FAULT_MS = 10_000

/** So long it may take until all works again, and until the last event has arrived. */
const RECOVERED_WITHIN_MS = 60_000

/** How often is tried again, so that a drill takes minutes. */
const SETTINGS = {
  LOG_LEVEL: 'warn',
  SCAN_CONFIRM: 'latest',
  DEMO_MODE: 'false',
  WEBHOOK_RETRY_INTERVAL: '1s,2s,5s,5s,5s,10s,10s,30s',
  WEBHOOK_TIMEOUT: '3s',
}

interface Outcome {
  fault: Fault
  said: string
  silentS: number
  recoveredS: number
}

/** Two of each process on a machine of its own, one PostgreSQL, one Redis: each link is cut, each killed. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const ends: (() => unknown)[] = []
  try {
    const postgres = await emptyPostgres()
    ends.push(() => postgres.stop())
    const redis = await startRedis()
    if (!redis) throw new Error('The drill needs redis-server')
    ends.push(() => redis.stop())
    const anvil = await startAnvil({ port: await freePort(), blockSeconds: BLOCK_SECONDS })
    ends.push(() => anvil.stop())
    const chain = new LocalChain(anvil.url)
    await chain.placeContracts()

    const network = new Network()
    ends.push(() => network.remove())
    const environment = createEnvironment({ root, chainUrl: '', port: 3333, receiverPort: 9000 })
    ends.push(() => rmSync(dirname(environment.databasePath), { recursive: true }))
    const portOf = (url: string) => Number(new URL(url).port)
    const ports = {
      database: portOf(postgres.url),
      store: portOf(redis.url),
      node: portOf(anvil.url),
    }
    const settings = { ...environment.variables, ...SETTINGS }
    const house = await startHouse(network, ports, settings, new URL(postgres.url).pathname)

    const watch = new Watch()
    ends.push(watch.receive(house.receiver.address))
    ends.push(() => watch.end())
    watch.look([house.web.made.address, house.web2.made.address])
    const trading = new Trading(chain, 1)
    ends.push(watchHeads(anvil.url.replace('http', 'ws'), (block) => trading.afterBlock(block)))
    await watch.untilWell(RECOVERED_WITHIN_MS * 2)

    const outcomes: Outcome[] = []
    for (const fault of isQuick ? FAULTS.slice(0, 3) : FAULTS) {
      outcomes.push(await undergo(fault, house, watch))
      process.stderr.write(`${JSON.stringify({ ...outcomes.at(-1), fault: fault.name })}\n`)
    }
    ends.pop()!()
    publish(outcomes, await watch.compare(chain, RECOVERED_WITHIN_MS))
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

/** An empty database of TEST_DATABASE_URL, as the tests have it, or one of a server of its own. */
async function emptyPostgres() {
  const url = process.env.TEST_DATABASE_URL
  return url === undefined ? startPostgres() : { url, stop: async () => {} }
}

async function undergo(fault: Fault, house: House, watch: Watch): Promise<Outcome> {
  const begun = performance.now()
  watch.begin()
  const mend = await fault.happen(house)
  await sleep(FAULT_MS)
  const said = watch.said()
  await mend()
  const illMs = await watch.untilWell(RECOVERED_WITHIN_MS)
  const seconds = (ms: number) => Number((ms / 1000).toFixed(1))
  return {
    fault,
    said,
    silentS: seconds(watch.longestSilence(begun)),
    recoveredS: seconds(illMs),
  }
}

function publish(
  outcomes: readonly Outcome[],
  { happened, lost, twice }: Awaited<ReturnType<Watch['compare']>>
) {
  report(
    {
      bench: 'machines',
      ratios: {},
      figures: {
        happened,
        lost,
        twice,
        longest_silence_s: Math.max(...outcomes.map(({ silentS }) => silentS)),
        longest_recovery_s: Math.max(...outcomes.map(({ recoveredS }) => recoveredS)),
      },
      runs: 1,
    },
    outcomes.map(({ fault, said, silentS, recoveredS }) => [
      fault.name,
      { 'no webhook for': `${silentS} s`, 'well again after': `${recoveredS} s`, 'said': said },
    ])
  )
}
