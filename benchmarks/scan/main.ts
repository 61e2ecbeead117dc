import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, median, type Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'

const CONTENDERS = {
  regou: 'benchmarks/scan/regou.ts',
  viem_loop: 'benchmarks/scan/viem_loop.ts',
}

/** Events per second, end to end into SQLite, against a plain viem loop on the same server. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const blocks = isQuick ? 20_000 : 100_000
  const runs = Number(process.env.RUNS ?? (isQuick ? 1 : 3))
  const folder = mkdtempSync(join(tmpdir(), 'regou-bench-'))
  const server = await startChain(blocks)
  const measured: Record<string, Measured[]> = { regou: [], viem_loop: [] }

  for (let turn = 0; turn < runs; turn++) {
    for (const [name, contender] of Object.entries(CONTENDERS)) {
      const database = join(folder, `${name}-${turn}.sqlite`)
      measured[name]!.push(
        await measure(contender, {
          BENCH_RPC: server.url,
          BSC_RPC_URL: server.url,
          BENCH_BLOCKS: String(blocks),
          BENCH_DATABASE: database,
          BENCH_SYNCHRONOUS: 'FULL',
          DATABASE_PATH: database,
          DB_CONNECTION: 'sqlite',
          LOG_LEVEL: 'error',
        })
      )
      rmSync(database, { force: true })
    }
  }

  server.stop()
  rmSync(folder, { recursive: true })
  publish(measured, runs)
}

function publish(measured: Record<string, Measured[]>, runs: number) {
  const rate = (name: string) =>
    median(measured[name]!.map(({ events, wallMs }) => (events! / wallMs) * 1000))
  const perCpu = (name: string) =>
    median(measured[name]!.map(({ events, cpuMs }) => (events! / cpuMs) * 1000))
  const peak = (name: string) => median(measured[name]!.map(({ peakMb }) => peakMb))

  const rows = Object.keys(measured).map((name): [string, Record<string, string>] => [
    name,
    {
      'events/s': rate(name).toFixed(0),
      'events/CPU s': perCpu(name).toFixed(0),
      'peak MB': peak(name).toFixed(0),
    },
  ])
  report(
    {
      bench: 'scan',
      ratios: { viem_loop: round(rate('regou') / rate('viem_loop')) },
      figures: {
        events: measured.regou![0]!.events!,
        events_per_s: round(rate('regou'), 0),
        events_per_cpu_s: round(perCpu('regou'), 0),
        peak_mb: round(peak('regou'), 0),
      },
      runs,
    },
    rows
  )
}

async function startChain(blocks: number) {
  const path = fileURLToPath(new URL('./chain_server.ts', import.meta.url))
  const child = fork(path, {
    env: { ...process.env, BENCH_BLOCKS: String(blocks) },
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  const { port } = await new Promise<{ port: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { port: number }))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
}
