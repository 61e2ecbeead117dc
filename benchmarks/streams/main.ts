import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { Readers } from '#benchmarks/streams/readers'
import { percentile } from '#benchmarks/support/measure'
import { Regou } from '#benchmarks/support/regou'
import { report, round } from '#benchmarks/support/report'
import { reportTargets } from '#benchmarks/support/targets'
import { untilAnswers } from '#benchmarks/support/until_answers'

const READERS = 1000

/** Streams that one address asks for, of which it may have a hundred. */
const GREEDY = 2000

const EVERY_MS = 500

interface Phase {
  waits: number[]
  /** Of a processor, for an event to one reader, in microseconds. */
  cpuUs: number
}

/** What an event costs that 1,000 readers of one process get, and when the last of them has it. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const phaseMs = isQuick ? 5000 : 15_000
  const bare = await onBareServer(phaseMs)
  const { many, crowded, refused } = await onRegou(phaseMs)
  publish({ bare, many, crowded, refused })
}

async function onBareServer(phaseMs: number): Promise<Phase> {
  const port = await freePort()
  const args = ['--import=@poppinss/ts-exec', 'benchmarks/streams/bare_server.ts']
  const server = spawn(process.execPath, [...args, String(port), String(EVERY_MS)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    await untilAnswers(`http://127.0.0.1:${port}/cpu`)
    const readers = new Readers(port, '/')
    await readers.open(READERS)
    const phase = await watch(readers, port, phaseMs)
    readers.close()
    return phase
  } finally {
    server.kill()
  }
}

/** First 1,000 readers alone, then beside one address that asks for 2,000 streams. */
async function onRegou(phaseMs: number) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const port = await freePort()
  const regou = new Regou(root, {
    chainUrl: 'http://127.0.0.1:9',
    receiverPort: await freePort(),
    port,
    variables: { DEMO_MODE: 'false' },
  })
  const readers = new Readers(port, '/api/v1/stream')
  const greedy = new Readers(port, '/api/v1/stream')
  try {
    await regou.run('ace.js', 'migration:run', '--force', '--no-schema-generate')
    regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/api/server.ts')
    await untilAnswers(`http://127.0.0.1:${port}/health/ready`)
    regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/streams/market.ts', String(EVERY_MS))
    await readers.open(READERS)
    await until(() => readers.waits.length > 3 * READERS)

    const many = await watch(readers, port, phaseMs)
    await greedy.open(GREEDY, '203.0.113.7')
    const crowded = await watch(readers, port, phaseMs)
    return { many, crowded, refused: greedy.refused }
  } finally {
    readers.close()
    greedy.close()
    await regou.stop()
    rmSync(dirname(regou.databasePath), { recursive: true })
  }
}

async function watch(readers: Readers, port: number, phaseMs: number): Promise<Phase> {
  const first = readers.waits.length
  const used = await cpuUs(port)
  await sleep(phaseMs)
  const waits = readers.waits.slice(first)
  return { waits, cpuUs: ((await cpuUs(port)) - used) / waits.length }
}

async function cpuUs(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/cpu`)
  const { user, system } = (await response.json()) as NodeJS.CpuUsage
  return user + system
}

async function until(isSo: () => boolean) {
  while (!isSo()) await sleep(100)
}

function publish(phases: Record<'bare' | 'many' | 'crowded', Phase> & { refused: number }) {
  const { bare, many, crowded, refused } = phases
  const part = ({ waits }: Phase, share: number) =>
    percentile(
      waits.toSorted((a, b) => a - b),
      share
    )
  const row = (phase: Phase) => ({
    'median': `${part(phase, 0.5)} ms`,
    'p99': `${part(phase, 0.99)} ms`,
    'last': `${part(phase, 1)} ms`,
    'CPU each': `${phase.cpuUs.toFixed(1)} µs`,
  })
  report(
    {
      bench: 'streams',
      ratios: { bare_server: round(bare.cpuUs / many.cpuUs) },
      figures: {
        readers: READERS,
        last_ms: part(many, 1),
        p99_ms: part(many, 0.99),
        cpu_us: round(many.cpuUs),
        bare_cpu_us: round(bare.cpuUs),
        beside_greedy_last_ms: part(crowded, 1),
        beside_greedy_p99_ms: part(crowded, 0.99),
        greedy_refused: refused,
      },
      runs: 1,
    },
    [
      ['a bare server', row(bare)],
      ['1,000 readers', row(many)],
      ['beside 2,000 of one address', row(crowded)],
    ]
  )
  const show = (ms: number) => `${ms.toFixed(0)} ms`
  reportTargets([
    { name: 'each reader has an event within', value: part(many, 1), atMost: 1000, show },
    { name: 'the same beside 2,000', value: part(crowded, 1), atMost: 1000, show },
  ])
}
