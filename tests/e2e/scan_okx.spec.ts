import { isDeepStrictEqual } from 'node:util'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Random } from '#demo/market/random'
import { LocalOkx } from '#demo/okx/local_okx'
import { OkxTrader } from '#demo/okx/trader'
import OkxAccount from '#models/okx_account'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { ledgerOf, storedOf } from '#tests/support/okx_ledger'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'

/** Set KILL_ROUNDS for more. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 2)

/** Between two things that the trader does, in milliseconds. */
const ACTS_MS = 100

test.group('node ace scan:okx', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.timeout(300_000 + KILL_ROUNDS * 30_000)
  group.each.setup(() => emptyDatabase())

  test(`killed at any moment of a trading account, it has in the end what the venue's ledger has (${KILL_ROUNDS} rounds)`, async (ctx) => {
    const random = new Random(17)
    const okx = new LocalOkx({ random })
    const { restUrl, wsUrl } = await okx.listen()
    ctx.test.cleanup(() => okx.close())
    const at = okx.venue.addAccount()
    at.transfer('USDT', '20000')
    const scan = () =>
      new RunningProcess(ctx.test, [...ACE, 'scan:okx'], {
        OKX_REST_URL: restUrl,
        OKX_WS_URL: wsUrl,
        OKX_API_KEY: at.key.apiKey,
        OKX_SECRET_KEY: at.key.secret,
        OKX_PASSPHRASE: at.key.passphrase,
        LOG_LEVEL: 'info',
      })
    const fills = (count: number) => until(async () => at.ledger.fills.length >= count)

    let listener = scan()
    await until(async () => Boolean(await OkxAccount.findBy('connection', 'live')))
    const account = await OkxAccount.firstOrFail()
    const trader = new OkxTrader(okx.venue, [at], random)
    const trading = setInterval(() => trader.act(), ACTS_MS)
    ctx.test.cleanup(() => clearInterval(trading))
    for (let round = 0; round < KILL_ROUNDS; round++) {
      // Every other one is killed while it begins, and reads what was missed.
      if (round % 2 === 1) await listener.prints(/./)
      else await fills(at.ledger.fills.length + Math.floor(random.between(3, 12)))
      ctx.assert.equal(await listener.killAfter(random.between(0, 200)), 'SIGKILL')
      await fills(at.ledger.fills.length + Math.floor(random.between(0, 5)))
      // The lease of the one that was killed is not waited for.
      await db.from('scan_leases').where('name', 'okx').update({ owner: null, lease_until: 0 })
      listener = scan()
    }
    clearInterval(trading)

    const followed = { at, account }
    await until(async () =>
      isDeepStrictEqual(sorted(await storedOf(followed)), sorted(ledgerOf(followed)))
    )
    listener.kill('SIGTERM')
    ctx.assert.equal(await listener.ended, 0, listener.output)
  })
})

/** Tables have no order of their own. */
function sorted(of: Record<string, unknown[]>) {
  return Object.fromEntries(
    Object.entries(of).map(([name, rows]) => [name, rows.map(String).sort()])
  )
}
