import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureStream, type StreamFigures, type StreamSize } from '#benchmarks/okx/stream'
import { measure, type Measured } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'

/** One account on which much happens, over connections that end. */
const CUT: StreamSize = { accounts: 1, perSecond: 10, seconds: 300, upgradeMs: 60_000, cuts: 0.05 }
const CUT_QUICK: StreamSize = { ...CUT, seconds: 30, upgradeMs: 10_000 }

/** Many accounts on which little goes wrong. */
const MANY: StreamSize = { accounts: 100, perSecond: 100, seconds: 60, upgradeMs: null, cuts: 0 }
const MANY_QUICK: StreamSize = { ...MANY, accounts: 5, perSecond: 5, seconds: 10 }

/**
 * What of a busy account is lost over connections that end, beside okx-api on the same account; what a
 * hundred accounts take; how soon a verification begins while many wait; and whether an audit finds
 * exactly what is missing.
 */
export async function run({ isQuick }: { isQuick: boolean }) {
  const cut = await measureStream(isQuick ? CUT_QUICK : CUT)
  const many = await measureStream(isQuick ? MANY_QUICK : MANY)
  const queues = await contend('queues')
  const audit = await contend('audit')
  publish({ cut, many, queues, audit })
}

async function contend(name: 'queues' | 'audit'): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'regou-bench-'))
  try {
    const environment = { DB_CONNECTION: 'sqlite', DATABASE_PATH: join(folder, 'regou.sqlite') }
    const file = `benchmarks/okx/${name}.ts`
    return await measure(file, { ...environment, LOG_LEVEL: 'error' }, 'regou-scanner')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Scenes {
  cut: StreamFigures
  many: StreamFigures
  queues: Measured
  audit: Measured
}

function publish({ cut, many, queues, audit }: Scenes) {
  const row = ({ fills, lost, post }: StreamFigures, others: number | null) => ({
    'fills': String(fills),
    'lost': String(lost),
    'okx-api lost': others === null ? '' : String(others),
    'p50 ms': post.p50.toFixed(0),
    'p99 ms': post.p99.toFixed(0),
  })
  report(
    {
      bench: 'okx',
      ratios: { high_beside_low: round(queues.besideMs! / queues.idleMs!) },
      figures: {
        lost: cut.lost,
        baseline_lost: cut.baselineLost!,
        post_p50_ms: round(cut.post.p50, 0),
        post_p99_ms: round(cut.post.p99, 0),
        many_lost: many.lost,
        many_post_p99_ms: round(many.post.p99, 0),
        audit_found: audit.found!,
        audit_invented: audit.invented!,
        audit_s: round(audit.wallMs / 1000, 1),
      },
      runs: 1,
    },
    [
      ['one account, connections end', row(cut, cut.baselineLost)],
      ['many accounts', row(many, null)],
    ]
  )
}
