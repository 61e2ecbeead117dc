import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LocalOkx } from '#demo/okx/local_okx'
import type { VenueAccount } from '#demo/okx/venue_account'
import { freePort } from '#demo/processes/ports'
import { count } from '#demo/tally'
import { until } from '#demo/until'
import { systemClock as clock } from '#foundation/clock'
import { followWithOkxApi } from '#benchmarks/okx/okx_api_client'
import { percentile } from '#benchmarks/support/measure'
import { receive } from '#benchmarks/support/receive'
import { Regou } from '#benchmarks/support/regou'

export interface StreamSize {
  accounts: number
  /** Orders that are filled, on all accounts together: each makes five pushes. */
  perSecond: number
  seconds: number
  /** OKX says so often that it will end all connections, and does so after as long; null: it does not. */
  upgradeMs: number | null
  /** How likely all connections are cut within a second. */
  cuts: number
}

export interface StreamFigures {
  fills: number
  lost: number
  /** What okx-api lost on the same account; null where it was not asked for. */
  baselineLost: number | null
  /** From a fill that a push told to its webhook, in milliseconds. */
  post: { p50: number; p99: number }
}

/** How long accounts may take to be followed, and the last fills to arrive, in milliseconds. */
const LIVE_WITHIN_MS = 180_000
const ARRIVE_WITHIN_MS = 60_000

/** Lets accounts trade at a venue on this machine, and compares what arrives with its ledger. */
export async function measureStream(size: StreamSize): Promise<StreamFigures> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const okx = new LocalOkx()
  const { restUrl, wsUrl } = await okx.listen()
  const endings: (() => unknown)[] = [() => okx.close()]
  try {
    const accounts = Array.from({ length: size.accounts }, () => okx.venue.addAccount())
    for (const account of accounts) account.transfer('USDT', '1000000')
    const keys = accounts.map(({ key, ledger: { uid } }) => ({ ...key, uid }))
    const receiverPort = await freePort()
    const regou = new Regou(root, {
      chainUrl: 'http://127.0.0.1:9',
      receiverPort,
      port: await freePort(),
      variables: {
        OKX_ENABLED: 'true',
        OKX_REST_URL: restUrl,
        OKX_WS_URL: wsUrl,
        BENCH_KEYS: JSON.stringify(keys),
      },
    })
    const madeAt = new Map<string, number>()
    const delays: number[] = []
    endings.push(
      await receive(receiverPort, ({ trade_id: id, origin }) => {
        const at = madeAt.get(String(id))
        if (at !== undefined && origin === 'push') delays.push(performance.now() - at)
      })
    )
    endings.push(() => rmSync(dirname(regou.databasePath), { recursive: true }))
    endings.push(() => regou.stop())
    await regou.start()
    await regou.run('build/benchmarks/okx/add_accounts.js')

    const rows = (query: string) => count(regou.databasePath, query)
    regou.spawn('ace.js', 'scan:okx')
    const isLive = () =>
      rows("select count(*) from okx_accounts where connection = 'live'") === accounts.length
    await until(isLive, clock, AbortSignal.timeout(LIVE_WITHIN_MS))
    const isCompared = size.accounts === 1
    const baseline = isCompared ? await followWithOkxApi(wsUrl, keys[0]!, regou.databasePath) : null
    if (baseline) endings.push(() => baseline.close())

    await trade(okx, accounts, size, madeAt)
    const fills = accounts.reduce((sum, { ledger }) => sum + ledger.fills.length, 0)
    const stored = () => rows('select count(*) from executions')
    await until(() => stored() >= fills, clock, AbortSignal.timeout(ARRIVE_WITHIN_MS)).catch(
      () => {}
    )
    const sorted = delays.toSorted((one, other) => one - other)
    return {
      fills,
      lost: fills - stored(),
      baselineLost: baseline && fills - baseline.fills,
      post: { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) },
    }
  } finally {
    for (const end of endings.reverse()) await end()
  }
}

/** Orders at their times, each account in turn, and what happens to the connections meanwhile. */
async function trade(
  okx: LocalOkx,
  accounts: readonly VenueAccount[],
  { perSecond, seconds, upgradeMs, cuts }: StreamSize,
  madeAt: Map<string, number>
) {
  const began = clock.elapsed()
  let upgradeAt = upgradeMs ?? Infinity
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = (n * 1000) / perSecond
    await clock.sleep(Math.max(0, began + dueMs - clock.elapsed()))
    const account = accounts[n % accounts.length]!
    const side = Math.floor(n / accounts.length) % 2 ? 'sell' : 'buy'
    account.place({ instId: 'BTC-USDT-SWAP', tdMode: 'cross', side, sz: '1' })
    madeAt.set(account.ledger.fills.at(-1)!.tradeId, performance.now())
    if (dueMs >= upgradeAt) {
      okx.upgradeService(upgradeMs! / 2)
      upgradeAt += upgradeMs!
    }
    if (n % perSecond === 0 && Math.random() < cuts) okx.cut()
  }
}
