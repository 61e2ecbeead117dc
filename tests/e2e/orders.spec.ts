import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { LocalOkx } from '#demo/okx/local_okx'
import EvidencePackage from '#models/evidence_package'
import Order from '#models/order'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'

test.group('scan:okx, monitor:orders and verify:orders', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('an order ends verified though the listener and the verifier are killed', async (ctx) => {
    const okx = new LocalOkx()
    const { restUrl, wsUrl } = await okx.listen()
    const folder = await mkdtemp(join(tmpdir(), 'regou-evidence-'))
    ctx.test.cleanup(async () => {
      await okx.close()
      await rm(folder, { recursive: true })
    })
    const at = okx.venue.addAccount()
    at.transfer('USDT', '1000')
    const start = (command: string) =>
      new RunningProcess(ctx.test, [...ACE, command], {
        OKX_REST_URL: restUrl,
        OKX_WS_URL: wsUrl,
        OKX_API_KEY: at.key.apiKey,
        OKX_SECRET_KEY: at.key.secret,
        OKX_PASSPHRASE: at.key.passphrase,
        EVIDENCE_STORAGE_PATH: folder,
        LOG_LEVEL: 'info',
      })
    const isLive = () => db.from('okx_accounts').where('connection', 'live').first()

    const first = start('scan:okx')
    await until(async () => Boolean(await isLive()))
    const second = start('scan:okx')
    await second.prints(/stand/)
    first.kill('SIGKILL')
    await first.ended
    at.place({ instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'buy', sz: '1' })
    await until(async () => (await Order.first()) !== null)

    const monitor = start('monitor:orders')
    okx.faults.add('/api/v5/trade/order', 'silence')
    const verifier = start('verify:orders')
    const inHand = () => db.from('verification_jobs').where('state', 'in_progress').first()
    await until(async () => Boolean(await inHand()))
    verifier.kill('SIGKILL')
    await verifier.ended
    const next = start('verify:orders')
    await until(async () => (await Order.findBy('status', 'completed')) !== null)

    const evidence = await EvidencePackage.firstOrFail()
    ctx.assert.equal(evidence.completeness, 'proven')
    const executions = await db.from('executions').select('trade_id')
    ctx.assert.deepEqual(
      executions.map(({ trade_id: id }) => id),
      at.ledger.fills.map(({ tradeId }) => tradeId)
    )
    for (const process of [second, monitor, next]) process.kill('SIGTERM')
    ctx.assert.deepEqual(
      await Promise.all([second, monitor, next].map((one) => one.ended)),
      [0, 0, 0]
    )
  })
})
