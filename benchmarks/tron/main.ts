import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RECORDS_IN_BLOCK } from '#benchmarks/tron/mainnet_blocks'
import { measure, median, type Measured } from '#benchmarks/support/measure'
import { measureLatency, type Latency } from '#benchmarks/tron/latency'
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

/** What runs in each turn, one after the other: who is compared stores the same rows. */
const CONTENDERS: Record<string, Contender> = {
  'regou, ten pools': { file: REGOU, delayMs: 0, environment: TEN_POOLS },
  'tronweb_loop, ten pools': { file: TRONWEB, delayMs: 0, environment: TEN_POOLS },
  'regou, all': { file: REGOU, delayMs: 0 },
  'tronweb_loop, all': { file: TRONWEB, delayMs: 0 },
  'regou, ten pools, 150 ms': { file: REGOU, delayMs: 150, environment: TEN_POOLS },
  'tronweb_loop, ten pools, 150 ms': { file: TRONWEB, delayMs: 150, environment: TEN_POOLS },
  'regou, all, 150 ms': { file: REGOU, delayMs: 150 },
  'tronweb_loop, all, 150 ms': { file: TRONWEB, delayMs: 150 },
  'ten pools, who signed not told': {
    file: REGOU,
    delayMs: 0,
    environment: { ...TEN_POOLS, BENCH_SIGNERS: 'none' },
  },
  'ten pools, http only': {
    file: REGOU,
    delayMs: 0,
    environment: { ...TEN_POOLS, BENCH_STAGE: 'http' },
  },
  'the parts of a proof': { file: 'benchmarks/tron/proof.ts', delayMs: 0 },
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
      measured.get(name)!.push(result)
      rmSync(database, { force: true })
    }
  }

  stop()
  rmSync(folder, { recursive: true })
  expectAll(measured, chain.solid)
  publish(measured, await measureLatency(isQuick ? 10 : 40), runs)
}

/**
 * Who stores the stake of all must have it all, and who stores that of ten pools as much as others. The
 * first two blocks are empty.
 */
function expectAll(measured: Map<string, Measured[]>, solid: number) {
  const expected = (solid - 1) * RECORDS_IN_BLOCK
  const ofPools = measured.get('tronweb_loop, ten pools')![0]!.records
  for (const [name, [first]] of measured) {
    const { records } = first!
    const right = name.includes('all') ? expected : ofPools
    if (records !== right && / all| ten pools/.test(name)) {
      throw new Error(`${name} stored ${records} records, the chain has ${right}`)
    }
  }
}

function publish(measured: Map<string, Measured[]>, latency: Latency, runs: number) {
  const middle = (name: string, figure: (run: Measured) => number) =>
    median(measured.get(name)!.map(figure))
  const rate = (name: string) => middle(name, ({ blocks, wallMs }) => (blocks! / wallMs) * 1000)
  const cpuPerBlock = (name: string) => middle(name, ({ blocks, cpuMs }) => cpuMs / blocks!)
  const peak = (name: string) => middle(name, ({ peakMb }) => peakMb)
  const against = (what: string) => round(rate(`regou, ${what}`) / rate(`tronweb_loop, ${what}`))
  const whole = cpuPerBlock('regou, ten pools')
  const part = (name: string) => middle('the parts of a proof', (figures) => figures[name]!)

  report(
    {
      bench: 'tron',
      ratios: {
        tronweb_loop: against('all'),
        tronweb_loop_150_ms: against('all, 150 ms'),
        tronweb_loop_ten_pools: against('ten pools'),
        tronweb_loop_ten_pools_150_ms: against('ten pools, 150 ms'),
      },
      figures: {
        blocks_per_s: round(rate('regou, ten pools'), 1),
        blocks_per_s_150_ms: round(rate('regou, ten pools, 150 ms'), 1),
        blocks_per_s_all: round(rate('regou, all'), 1),
        records_per_s_all: round(rate('regou, all') * RECORDS_IN_BLOCK, 0),
        // What each costs, of all that a block with the stake of ten pools takes.
        share_block_signature: round(part('signatureMs') / whole, 3),
        share_root: round(part('rootMs') / whole, 3),
        share_who_signed: round(1 - cpuPerBlock('ten pools, who signed not told') / whole),
        peak_mb: round(peak('regou, ten pools'), 0),
        ...latency,
      },
      runs,
    },
    [
      ...[...measured.keys()]
        .filter((name) => name !== 'the parts of a proof')
        .map((name): [string, Record<string, string>] => [
          name,
          {
            'blocks/s': rate(name).toFixed(1),
            'CPU ms/block': cpuPerBlock(name).toFixed(1),
            'peak MB': peak(name).toFixed(0),
          },
        ]),
      ...Object.entries({ 'signature of a block': 'signatureMs', 'hashes and root': 'rootMs' }).map(
        ([name, figure]): [string, Record<string, string>] => [
          name,
          { 'CPU ms/block': part(figure).toFixed(2) },
        ]
      ),
    ]
  )
}
