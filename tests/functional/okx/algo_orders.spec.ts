import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf, startIngest } from '#tests/support/okx'
import { startScan } from '#tests/support/okx_scan'

const STOP = { instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'buy', sz: '1' } as const

/** A scan whose account is heard over both connections. */
async function startBoth(cleanup: Parameters<typeof startScan>[0]) {
  const scan = await startScan(cleanup)
  const bothLive = async () => {
    await scan.live()
    await scan.until(() => scan.sessions('business').some((one) => one.has('algo-advance')))
  }
  await bothLive()
  return { ...scan, bothLive }
}

/** As OKX's documentation shows a push of orders-algo, in part; made, because none was recorded. */
function pushed(changes: Record<string, unknown>) {
  const row = {
    algoId: '700000000000000001',
    algoClOrdId: 'stop1',
    ordId: '',
    ordIdList: [],
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    side: 'sell',
    posSide: 'net',
    sz: '2',
    tdMode: 'cross',
    ordType: 'conditional',
    state: 'live',
    slTriggerPx: '90000',
    slOrdPx: '-1',
    tpTriggerPx: '',
    triggerPx: '',
    amendResult: '',
    reqId: '',
    cTime: '1790000000000',
    uTime: '1790000000000',
    ...changes,
  }
  return { arg: { channel: 'orders-algo', instType: 'ANY' }, data: [row] }
}

test.group('Algo orders at OKX', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.timeout(60_000)

  test('one that waits, one that is canceled and one that places an order are told of as such', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, pass } = await startBoth(cleanup)

    const canceled = at.placeAlgo({ ...STOP, triggerPx: '1000' })
    const placed = at.placeAlgo({ ...STOP, triggerPx: '200000' })
    await pass(1000)
    at.cancelAlgo(canceled.algoId)
    okx.venue.setPrice('BTC-USDT-SWAP', '200001')
    await pass(1000)

    const told = await rowsOf('order_events', 'change', 'algo_id', 'state', 'ord_id', 'trigger_px')
    assert.deepEqual(
      told.filter(([change]) => change === 'algo'),
      [
        ['algo', canceled.algoId, 'live', null, '1000'],
        ['algo', placed.algoId, 'live', null, '200000'],
        ['algo', canceled.algoId, 'canceled', null, '1000'],
        ['algo', placed.algoId, 'effective', placed.ordId, '200000'],
      ]
    )
    assert.deepEqual(await rowsOf('orders', 'ord_id', 'algo_id'), [[placed.ordId, placed.algoId]])
  })

  test('what becomes of them while the business connection is cut is read over REST', async ({
    assert,
    cleanup,
  }) => {
    const { okx, at, sessions, pass, bothLive, stop, start, connection } = await startBoth(cleanup)
    const before = at.placeAlgo({ ...STOP, triggerPx: '1000' })
    await pass(1000)

    for (const session of sessions('business')) session.cut()
    at.cancelAlgo(before.algoId)
    const short = at.placeAlgo({ ...STOP, triggerPx: '1001' })
    at.cancelAlgo(short.algoId)
    await bothLive()
    await pass(15_000)
    const states = () => rowsOf('algo_orders', 'algo_id', 'state')
    const ended = [before, short].map(({ algoId }) => [algoId, 'canceled'])
    assert.deepEqual(await states(), ended)
    assert.equal(await connection(), 'live')

    await stop()
    const long = at.placeAlgo({ ...STOP, triggerPx: '200000' })
    okx.venue.setPrice('BTC-USDT-SWAP', '200001')
    await pass(600_000)
    start()
    await bothLive()
    await pass(15_000)
    assert.deepEqual(await states(), [...ended, [long.algoId, 'effective']])
  })

  test('the same is told once, and what has ended does not go back', async ({ assert }) => {
    const { push } = await startIngest()

    await push(pushed({}))
    await push(pushed({ uTime: '1790000000500' }))
    await push(pushed({ slTriggerPx: '91000', amendResult: '0', uTime: '1790000001000' }))
    await push(pushed({ slTriggerPx: '90000', amendResult: '0', uTime: '1790000002000' }))
    await push(pushed({ state: 'canceled', uTime: '1790000003000' }))
    await push(pushed({ state: 'live', uTime: '1790000004000', sz: '3' }))

    assert.deepEqual(await rowsOf('order_events', 'state', 'sl_trigger_px', 'px', 'cl_ord_id'), [
      ['live', '90000', null, 'stop1'],
      ['live', '91000', null, 'stop1'],
      ['live', '90000', null, 'stop1'],
      ['canceled', '90000', null, 'stop1'],
    ])
    assert.deepEqual(await rowsOf('orders', 'id'), [])
  })
})
