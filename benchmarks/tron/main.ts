import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RECORDS_IN_BLOCK } from '#benchmarks/tron/mainnet_blocks'
import { measure, median, type Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'
import { startServer } from '#benchmarks/support/start_server'

const REGOU = 'benchmarks/tron/regou.ts'
const TRONWEB = 'benchmarks/tron/tronweb_loop.ts'

interface Contender {
  file: string
  /** How long the node takes for an answer, in milliseconds. */
  delayMs: 0 | 150
  environment?: Record<string, string>
}

/** As many pools as an operator may watch: a sixth of those that the blocks tell of. */
const TEN_POOLS = { BENCH_POOLS: '10' }

/** What runs in each turn, one after the other. */
const CONTENDERS: Record<string, Contender> = {
  'regou': { file: REGOU, delayMs: 0 },
  'tronweb_loop': { file: TRONWEB, delayMs: 0 },
  'regou, 150 ms': { file: REGOU, delayMs: 150 },
  'tronweb_loop, 150 ms': { file: TRONWEB, delayMs: 150 },
  'regou, ten pools': { file: REGOU, delayMs: 0, environment: TEN_POOLS },
  'regou, ten pools, 150 ms': { file: REGOU, delayMs: 150, environment: TEN_POOLS },
  'ten pools, http only': {
    file: REGOU,
    delayMs: 0,
    environment: { ...TEN_POOLS, BENCH_STAGE: 'http' },
  },
  'ten pools, http and proof': {
    file: REGOU,
    delayMs: 0,
    environment: { ...TEN_POOLS, BENCH_STAGE: 'read' },
  },
}

/** Where the chain listens, by delay, and its last solid block. */
interface Chain {
  ports: Record<number, number>
  solid: number
  genesisId: string
}

/** Catching up with blocks as full as the main network's, against a plain tronweb loop. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const runs = isQuick ? 1 : 3
  const folder = mkdtempSync(join(tmpdir(), 'regou-bench-'))
  const { said: chain, stop } = await startServer<Chain>(
    new URL('./chain_server.ts', import.meta.url),
    { BENCH_BLOCKS: isQuick ? '100' : '320' }
  )
  const measured = new Map<string, Measured[]>(Object.keys(CONTENDERS).map((name) => [name, []]))

  for (let turn = 0; turn < runs; turn++) {
    for (const [name, { file, delayMs, environment }] of Object.entries(CONTENDERS)) {
      const database = join(folder, `${turn}-${name.replaceAll(/\W+/g, '_')}.sqlite`)
      const result = await measure(
        file,
        {
          BENCH_NODE: `http://127.0.0.1:${chain.ports[delayMs]}`,
          BENCH_LAST: String(chain.solid),
          BENCH_GENESIS: chain.genesisId,
          BENCH_SYNCHRONOUS: 'FULL',
          DATABASE_PATH: database,
          DB_CONNECTION: 'sqlite',
          LOG_LEVEL: 'error',
          ...environment,
        },
        'regou-scanner'
      )
      expectAll(name, result, chain.solid)
      measured.get(name)!.push(result)
      rmSync(database, { force: true })
    }
  }

  stop()
  rmSync(folder, { recursive: true })
  publish(measured, runs)
}

/** Who stores the stake of all must have it all. The first two blocks are empty. */
function expectAll(name: string, { records }: Measured, solid: number) {
  const expected = (solid - 1) * RECORDS_IN_BLOCK
  if (WATCHES_ALL.has(name) && records !== expected) {
    throw new Error(`${name} stored ${records} records, the chain has ${expected}`)
  }
}

const WATCHES_ALL = new Set(
  Object.keys(CONTENDERS).filter((name) => !CONTENDERS[name]!.environment)
)

function publish(measured: Map<string, Measured[]>, runs: number) {
  const middle = (name: string, figure: (run: Measured) => number) =>
    median(measured.get(name)!.map(figure))
  const rate = (name: string) => middle(name, ({ blocks, wallMs }) => (blocks! / wallMs) * 1000)
  const cpuPerBlock = (name: string) => middle(name, ({ blocks, cpuMs }) => cpuMs / blocks!)
  const peak = (name: string) => middle(name, ({ peakMb }) => peakMb)
  const proof = cpuPerBlock('ten pools, http and proof') - cpuPerBlock('ten pools, http only')

  report(
    {
      bench: 'tron',
      ratios: {
        tronweb_loop: round(rate('regou') / rate('tronweb_loop')),
        tronweb_loop_150_ms: round(rate('regou, 150 ms') / rate('tronweb_loop, 150 ms')),
      },
      figures: {
        blocks_per_s: round(rate('regou, ten pools'), 1),
        blocks_per_s_150_ms: round(rate('regou, ten pools, 150 ms'), 1),
        blocks_per_s_all: round(rate('regou'), 1),
        records_per_s_all: round(rate('regou') * RECORDS_IN_BLOCK, 0),
        share_proof: round(proof / cpuPerBlock('regou, ten pools')),
        peak_mb: round(peak('regou, ten pools'), 0),
      },
      runs,
    },
    [...measured.keys()].map((name) => [
      name,
      {
        'blocks/s': rate(name).toFixed(1),
        'CPU ms/block': cpuPerBlock(name).toFixed(1),
        'peak MB': peak(name).toFixed(0),
      },
    ])
  )
}
