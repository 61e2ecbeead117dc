import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '#demo/market/random'
import { freePort } from '#demo/processes/ports'
import { Client } from '#benchmarks/api/client'
import { addressOf, LISTS } from '#benchmarks/api/questions'
import { anyPoolPage, keepStoring } from '#benchmarks/api/pools'
import type { AskedList } from '#benchmarks/api/questions'
import type { Size } from '#benchmarks/api/stored_rows'
import { median } from '#benchmarks/support/measure'
import { Regou } from '#benchmarks/support/regou'
import { report, round } from '#benchmarks/support/report'
import { untilAnswers } from '#benchmarks/support/until_answers'

const BIG: Size = { launches: 1_000_000, trades: 4_000_000, jobs: 3_000_000 }
const SMALL: Size = { launches: 20_000, trades: 80_000, jobs: 60_000 }

const CONNECTIONS = 50

/** Requests of each question in each run; the first ones of all warm everything up. */
const TIMES = 7

/** Requests of `/health/live` beside the slowest question. */
const LOOKS = 40

interface Answer {
  question: string
  ms: number
  /** Against the list without a filter. */
  ratio: number
}

type Run = Awaited<ReturnType<typeof measure>>

/** What the lists cost with every filter, with very many rows, and who waits meanwhile. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const [port, receiverPort] = [await freePort(), await freePort()]
  const regou = new Regou(root, {
    chainUrl: 'http://127.0.0.1:9',
    receiverPort,
    port,
    variables: { API_RATE_LIMIT: '1000000', DEMO_MODE: 'false' },
  })
  try {
    const { launches, trades, jobs } = isQuick ? SMALL : BIG
    const rows = [launches, trades, jobs].map(String)
    process.stderr.write(`Storing ${launches} launches, ${trades} trades and ${jobs} jobs …\n`)
    await regou.run('--import=@poppinss/ts-exec', 'benchmarks/api/fill.ts', ...rows)
    const scopes = '--scopes=webhooks:read,ocr:read'
    const token = await regou.run('ace.js', 'token:create', '--name=bench', scopes)
    regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/api/server.ts')
    const url = `http://127.0.0.1:${port}`
    await untilAnswers(`${url}/health/ready`)

    const client = new Client(url, token.trim(), CONNECTIONS)
    const databasePath = regou.databasePath
    await measure(client, databasePath, 300)
    const runs: Run[] = []
    for (let count = 0; count < (isQuick ? 1 : 3); count++) {
      runs.push(await measure(client, databasePath, isQuick ? 1000 : 3000))
    }
    await client.close()
    publish(runs)
  } finally {
    await regou.stop()
    rmSync(dirname(regou.databasePath), { recursive: true })
  }
}

async function measure(client: Client, databasePath: string, loadMs: number) {
  const empty = await client.load('/empty', CONNECTIONS, loadMs)
  const plain = await client.load('/api/events/latest', CONNECTIONS, loadMs)
  const filtered = await client.load('/api/events/latest/four', CONNECTIONS, loadMs)
  const launches = await client.load('/api/v1/launches', CONNECTIONS, loadMs)
  const pools = await readPools(client, databasePath, loadMs)
  const lists = []
  for (const list of LISTS) {
    lists.push(await askAll(client, list))
  }
  const slowest = lists
    .flatMap(({ list, answers }) => answers.map((answer) => ({ list, ...answer })))
    .reduce((one, other) => (other.ms > one.ms ? other : one))
  return {
    empty,
    plain,
    filtered,
    launches,
    pools,
    lists,
    liveWait: await waitBeside(client, addressOf(slowest.list, slowest.question)),
  }
}

/** Pages of pools while their records go on. */
async function readPools(client: Client, databasePath: string, loadMs: number) {
  const random = new Random(7)
  const end = keepStoring(databasePath, random)
  const load = await client.load(() => anyPoolPage(random), CONNECTIONS, loadMs)
  end()
  const { metrics } = await client.read('/tron-data-health')
  return { ...load, hitRate: metrics.cacheStats.hitRate as number }
}

async function askAll(client: Client, list: AskedList) {
  const plain = await client.usual(addressOf(list, ''), TIMES)
  const answers: Answer[] = []
  for (const question of list.questions) {
    const ms = await client.usual(addressOf(list, question), TIMES)
    answers.push({ question, ms, ratio: ms / plain })
  }
  return { list, plain, answers }
}

/** The longest that `/health/live` took while one client asked for this again and again, in ms. */
async function waitBeside(client: Client, path: string): Promise<number> {
  let isOver = false
  const asking = (async () => {
    while (!isOver) await client.ask(path)
  })()
  let longest = 0
  for (let look = 0; look < LOOKS; look++) {
    longest = Math.max(longest, await client.ask('/health/live'))
  }
  isOver = true
  await asking
  return longest
}

function slowestOf({ lists }: Run, path: string): number {
  const { answers } = lists.find(({ list }) => list.path === path)!
  return Math.max(...answers.map(({ ms }) => ms))
}

function publish(runs: readonly Run[]) {
  const of = (figure: (run: Run) => number) => median(runs.map(figure))
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const rows = LISTS.map((list, index): [string, Record<string, string>] => {
    const answers = runs.flatMap(({ lists }) => lists[index]!.answers)
    const slowest = answers.reduce((one, other) => (other.ratio > one.ratio ? other : one))
    return [
      `${list.path}?${slowest.question}`,
      {
        'no filter': ms(of(({ lists }) => lists[index]!.plain)),
        'slowest': ms(slowest.ms),
        'times': slowest.ratio.toFixed(2),
      },
    ]
  })
  const slowest = of(({ lists }) =>
    Math.max(...lists.flatMap(({ answers }) => answers.map(({ ratio }) => ratio)))
  )

  report(
    {
      bench: 'api',
      ratios: {
        empty_route: round(of(({ plain, empty }) => plain.rps / empty.rps)),
        // Here less is better: how many times what the list without a filter takes.
        slowest_filter: round(slowest),
        launches_to_empty_route: round(of(({ launches, empty }) => launches.rps / empty.rps)),
        pools_to_empty_route: round(of(({ pools, empty }) => pools.rps / empty.rps)),
        // By what a request costs the server: these hold on a busy machine, too.
        plain_by_cpu: round(of(({ plain, empty }) => empty.cpuMs / plain.cpuMs)),
        launches_by_cpu: round(of(({ launches, empty }) => empty.cpuMs / launches.cpuMs)),
        pools_by_cpu: round(of(({ pools, empty }) => empty.cpuMs / pools.cpuMs)),
      },
      figures: {
        rps: round(of(({ filtered }) => filtered.rps)),
        p95_ms: round(of(({ filtered }) => filtered.p95)),
        plain_rps: round(of(({ plain }) => plain.rps)),
        empty_rps: round(of(({ empty }) => empty.rps)),
        empty_cpu_ms: round(
          of(({ empty }) => empty.cpuMs),
          3
        ),
        launches_rps: round(of(({ launches }) => launches.rps)),
        launches_p95_ms: round(of(({ launches }) => launches.p95)),
        pools_rps: round(of(({ pools }) => pools.rps)),
        pools_p95_ms: round(of(({ pools }) => pools.p95)),
        hit_rate: round(
          of(({ pools }) => pools.hitRate),
          3
        ),
        // The slowest tab, order or limit of the feed, page and all.
        feed_ms: round(of((one) => slowestOf(one, '/'))),
        live_wait_ms: round(of(({ liveWait }) => liveWait)),
      },
      runs: runs.length,
    },
    rows
  )
}
