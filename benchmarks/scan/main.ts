import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChain } from '#benchmarks/scan/start_chain'
import { measure, median, type Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'
import { startPostgres } from '#tests/support/postgres'

const REGOU = 'benchmarks/scan/regou.ts'

/** What runs in each turn, one after the other. */
const CONTENDERS: Record<string, { file: string; environment?: Record<string, string> }> = {
  'regou': { file: REGOU },
  'viem_loop': { file: 'benchmarks/scan/viem_loop.ts' },
  'regou, http only': { file: REGOU, environment: { BENCH_STAGE: 'http' } },
  'regou, http and decode': { file: REGOU, environment: { BENCH_STAGE: 'decode' } },
  'regou on PostgreSQL': { file: REGOU, environment: { DB_CONNECTION: 'pg' } },
}

/** Events per second, end to end into SQLite, against a plain viem loop on the same server. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const blocks = isQuick ? 20_000 : 100_000
  const runs = isQuick ? 1 : 3
  const folder = mkdtempSync(join(tmpdir(), 'regou-bench-'))
  const chain = await startChain(blocks)
  const measured = new Map<string, Measured[]>(Object.keys(CONTENDERS).map((name) => [name, []]))

  for (let turn = 0; turn < runs; turn++) {
    for (const [name, { file, environment }] of Object.entries(CONTENDERS)) {
      const database = join(folder, `${turn}-${measured.size}-${name.replaceAll(' ', '_')}.sqlite`)
      const postgres = environment?.DB_CONNECTION === 'pg' ? await startPostgres() : undefined
      const result = await measure(
        file,
        {
          BENCH_RPC: chain.url,
          BSC_RPC_URL: chain.url,
          BENCH_BLOCKS: String(blocks),
          BENCH_DATABASE: database,
          BENCH_SYNCHRONOUS: 'FULL',
          DATABASE_PATH: database,
          DATABASE_URL: postgres?.url ?? 'postgres://127.0.0.1/none',
          DB_CONNECTION: 'sqlite',
          LOG_LEVEL: 'error',
          ...environment,
        },
        'regou-scanner'
      )
      measured.get(name)!.push(result)
      await postgres?.stop()
      rmSync(database, { force: true })
    }
  }

  chain.stop()
  rmSync(folder, { recursive: true })
  publish(measured, runs)
}

function publish(measured: Map<string, Measured[]>, runs: number) {
  const middle = (name: string, figure: (run: Measured) => number) =>
    median(measured.get(name)!.map(figure))
  const rate = (name: string) => middle(name, ({ events, wallMs }) => (events! / wallMs) * 1000)
  const perCpu = (name: string) => middle(name, ({ events, cpuMs }) => (events! / cpuMs) * 1000)
  const peak = (name: string) => middle(name, ({ peakMb }) => peakMb)
  const cpu = (name: string) => middle(name, ({ cpuMs }) => cpuMs)
  const whole = cpu('regou')

  report(
    {
      bench: 'scan',
      ratios: { viem_loop: round(rate('regou') / rate('viem_loop')) },
      figures: {
        events: measured.get('regou')![0]!.events!,
        events_per_s: round(rate('regou'), 0),
        events_per_cpu_s: round(perCpu('regou'), 0),
        peak_mb: round(peak('regou'), 0),
        share_http: round(cpu('regou, http only') / whole),
        share_decode: round((cpu('regou, http and decode') - cpu('regou, http only')) / whole),
        share_insert: round((whole - cpu('regou, http and decode')) / whole),
        pg_events_per_s: round(rate('regou on PostgreSQL'), 0),
      },
      runs,
    },
    [...measured.keys()].map((name) => [
      name,
      {
        'events/s': rate(name).toFixed(0),
        'events/CPU s': perCpu(name).toFixed(0),
        'peak MB': peak(name).toFixed(0),
      },
    ])
  )
}
