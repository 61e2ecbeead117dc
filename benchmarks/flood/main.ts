import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { startEmptyChain } from '#benchmarks/payments/empty_chain'
import { logIn } from '#benchmarks/flood/member'
import { dryRuns, SilentReaders } from '#benchmarks/flood/strangers'
import { median, percentile } from '#benchmarks/support/measure'
import { receive } from '#benchmarks/support/receive'
import { Regou } from '#benchmarks/support/regou'
import { report, round } from '#benchmarks/support/report'
import { untilAnswers } from '#benchmarks/support/until_answers'

/** What strangers do at once. */
const FLOOD = { readers: 2000, payPages: 400, dryRuns: 100 }
const SMALL_FLOOD = { readers: 200, payPages: 40, dryRuns: 30 }

/** How long each of the two phases is looked at, in milliseconds. */
const PHASE_MS = 20_000

interface Phase {
  /** Of `/health/live`, in milliseconds. */
  waits: number[]
  /** From a stored launch to its webhook, in milliseconds. */
  latencies: number[]
  /** The largest resident memory of the web process, in MB. */
  memoryMb: number
}

/** Who waits while strangers flood the web application, beside the same without them. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const [port, receiverPort] = [await freePort(), await freePort()]
  const chain = await startEmptyChain()
  const regou = new Regou(root, {
    chainUrl: chain.url,
    receiverPort,
    port,
    variables: { API_RATE_LIMIT: '1000000', DEMO_MODE: 'false' },
  })
  const latencies: number[] = []
  const endReceiving = await receive(receiverPort, ({ event_time: at }) => {
    latencies.push(Date.now() - Number(at))
  })
  const readers = new SilentReaders(port)
  try {
    await regou.start()
    const token = await regou.run('ace.js', 'token:create', '--name=bench', '--scopes=*')
    const web = regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/api/server.ts')
    const url = `http://localhost:${port}`
    await untilAnswers(`${url}/health/ready`)
    regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/flood/market.ts')
    const cookie = await logIn(url)
    await until(() => latencies.length > 210)

    const look = () => watch({ url, pid: web.pid!, latencies })
    process.stderr.write('Without a flood …\n')
    const idle = await look()
    process.stderr.write('Flooded …\n')
    const { readers: streams, payPages, dryRuns: tries } = isQuick ? SMALL_FLOOD : FLOOD
    await readers.open(streams, '/api/v1/stream')
    await readers.open(payPages, '/renew/live', { cookie })
    const [flooded, answers] = await Promise.all([look(), dryRuns(tries, url, token.trim())])
    publish(idle, flooded, answers)
  } finally {
    readers.close()
    await regou.stop()
    endReceiving()
    await chain.stop()
    rmSync(dirname(regou.databasePath), { recursive: true })
  }
}

async function watch(beside: { url: string; pid: number; latencies: number[] }): Promise<Phase> {
  const phase: Phase = { waits: [], latencies: [], memoryMb: 0 }
  const first = beside.latencies.length
  const end = performance.now() + PHASE_MS
  while (performance.now() < end) {
    const start = performance.now()
    const response = await fetch(`${beside.url}/health/live`)
    await response.arrayBuffer()
    phase.waits.push(performance.now() - start)
    phase.memoryMb = Math.max(phase.memoryMb, residentMb(beside.pid))
    await sleep(20)
  }
  phase.latencies = beside.latencies.slice(first)
  return phase
}

function residentMb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(kilobytes) / 1024
}

async function until(isSo: () => boolean) {
  while (!isSo()) await sleep(100)
}

function publish(idle: Phase, flooded: Phase, answers: Map<number, number[]>) {
  const p95 = (values: number[]) =>
    percentile(
      values.toSorted((a, b) => a - b),
      0.95
    )
  const row = ({ waits, latencies, memoryMb }: Phase) => ({
    'live median': `${median(waits).toFixed(1)} ms`,
    'live p95': `${p95(waits).toFixed(1)} ms`,
    'webhook median': `${median(latencies).toFixed(0)} ms`,
    'webhook p95': `${p95(latencies).toFixed(0)} ms`,
    'web memory': `${memoryMb.toFixed(0)} MB`,
  })
  report(
    {
      bench: 'flood',
      ratios: {
        webhook_latency: round(median(idle.latencies) / median(flooded.latencies)),
        memory: round(idle.memoryMb / flooded.memoryMb),
      },
      figures: {
        live_idle_ms: round(median(idle.waits)),
        live_ms: round(median(flooded.waits)),
        live_p95_ms: round(p95(flooded.waits)),
        webhook_idle_ms: round(median(idle.latencies), 0),
        webhook_ms: round(median(flooded.latencies), 0),
        memory_idle_mb: round(idle.memoryMb, 0),
        memory_mb: round(flooded.memoryMb, 0),
        dry_runs_answered: answers.get(200)?.length ?? 0,
        dry_runs_refused: answers.get(429)?.length ?? 0,
      },
      runs: 1,
    },
    [
      ['idle', row(idle)],
      ['flooded', row(flooded)],
    ]
  )
}
