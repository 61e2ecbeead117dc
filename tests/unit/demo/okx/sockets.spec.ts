import { test } from '@japa/runner'
import { openVenue, settled, VenueClient } from '#tests/support/local_okx'

const ORDERS = { channel: 'orders', instType: 'ANY' }
const OKB = { instId: 'OKB-USDT', side: 'buy', sz: '1', px: '53' } as const

async function loggedIn(options: Parameters<typeof openVenue>[0] = {}) {
  const opened = openVenue(options)
  const client = await VenueClient.open(opened.okx)
  await client.logIn(opened.okx, opened.account)
  return { ...opened, client }
}

test.group('Connections to the local venue', () => {
  test('a login is acknowledged, and each that is wrong has its code and is cut', async ({
    assert,
  }) => {
    const { client, okx, account, venue, clock } = await loggedIn()
    assert.containSubset(client.heard[0], { event: 'login', code: '0' })
    await client.logIn(okx, account)
    assert.equal(client.heard[1]!.code, '60031')

    const stale = String(venue.now() / 1000 - 31)
    for (const [changes, code] of [
      [{ sign: 'x' }, '60007'],
      [{ timestamp: stale }, '60006'],
      [{ passphrase: 'x' }, '60024'],
      [{ apiKey: crypto.randomUUID() }, '60032'],
    ] as const) {
      clock.pass(1000)
      const other = await VenueClient.open(okx)
      await other.logIn(okx, account, changes)
      assert.equal(other.heard[0]!.code, code)
      assert.equal(other.closedWith, 4001)
    }
  })

  test('a subscription needs a login, a channel of this endpoint and room for one more', async ({
    assert,
  }) => {
    const { client, okx, venue, account } = await loggedIn()
    venue.knobs.connectionsPerChannel = 1
    const early = await VenueClient.open(okx)
    await early.subscribe(ORDERS)
    assert.equal(early.heard[0]!.code, '60011')

    await client.subscribe(ORDERS, { channel: 'orders-algo', instType: 'ANY' })
    await early.logIn(okx, account)
    await early.subscribe(ORDERS)
    const said = (heard: typeof client.heard) =>
      heard.slice(1).map(({ event, code, connCount }) => [event, code ?? connCount].join(' '))
    assert.deepEqual(said(client.heard), ['subscribe ', 'channel-conn-count 1', 'error 60018'])
    assert.deepEqual(said(early.heard), ['login 0', 'subscribe ', 'channel-conn-count-error 1'])
    account.place(OKB)
    await settled()
    assert.lengthOf(client.of('orders'), 1)
    assert.lengthOf(early.of('orders'), 0)
  })

  test('first comes a snapshot in pages, then what changes, then the same again', async ({
    assert,
  }) => {
    const { client, venue, account, pass } = await loggedIn()
    account.transfer('BTC', '1')
    venue.knobs.snapshotPage = 1
    await client.subscribe({ channel: 'account' }, { channel: 'balance_and_position' })
    account.transfer('BTC', '1')
    await pass(5000)

    const pages = client.of('account')
    assert.deepEqual(
      pages.map(({ eventType, curPage, lastPage, data }) => [
        eventType,
        curPage,
        lastPage,
        data[0].details[0].ccy,
      ]),
      [
        ['snapshot', 1, false, 'USDT'],
        ['snapshot', 2, true, 'BTC'],
        ['event_update', undefined, undefined, 'BTC'],
        ['snapshot', 1, false, 'USDT'],
        ['snapshot', 2, true, 'BTC'],
      ]
    )
    const [snapshot, change] = client.of('balance_and_position')
    assert.deepEqual(
      [snapshot!.data[0].eventType, change!.data[0].eventType],
      ['snapshot', 'transferred']
    )
    assert.equal(change!.data[0].balData[0].cashBal, '2')
  })

  test('a market order by quote is filled in a message of its own, and its sum is rounded', async ({
    assert,
  }) => {
    const { client, account } = await loggedIn()
    await client.subscribe(ORDERS)
    account.place({ instId: 'OKB-USDT', side: 'buy', sz: '99.6' })
    await settled()

    assert.deepEqual(
      client
        .of('orders')
        .map(({ data: [row] }) => [row.state, row.fillSz, row.accFillSz, row.tradeId !== '']),
      [
        ['live', '0', '0', false],
        ['partially_filled', '1.844444', '1.84', true],
        ['filled', '0', '1.84', false],
      ]
    )
  })

  test('a liquidation says trade 0 in its order and a negative one everywhere else', async ({
    assert,
  }) => {
    const { client, account } = await loggedIn()
    await client.subscribe(ORDERS, { channel: 'balance_and_position' })
    account.place({ instId: 'BTC-USDT-SWAP', side: 'buy', sz: '1' })
    account.liquidate('BTC-USDT-SWAP')
    await settled()

    const { data: orders } = client.of('orders').at(-1)!
    assert.containSubset(orders[0], {
      category: 'full_liquidation',
      ordType: 'limit',
      tradeId: '0',
    })
    const { data: changes } = client.of('balance_and_position').at(-1)!
    assert.equal(changes[0].eventType, 'liquidation')
    assert.isBelow(Number(changes[0].trades[0].tradeId), 0)
    assert.equal(changes[0].posData[0].pos, '0')
  })

  test('an algo order is told over the business endpoint, and the order that it becomes names it', async ({
    assert,
  }) => {
    const { client, okx, venue, account } = await loggedIn()
    const business = await VenueClient.open(okx, 'business')
    await business.logIn(okx, account)
    await business.subscribe({ channel: 'orders-algo', instType: 'ANY' })
    await client.subscribe(ORDERS)
    const { algoId } = account.placeAlgo({
      instId: 'OKB-USDT',
      side: 'buy',
      sz: '54',
      triggerPx: '60',
    })
    venue.setPrice('OKB-USDT', '61')
    await settled()

    assert.deepEqual(
      business.of('orders-algo').map(({ data }) => data[0].state),
      ['live', 'effective']
    )
    assert.equal(client.of('orders')[0]!.data[0].algoId, algoId)
  })

  test('a quiet connection is closed after 30 seconds, and pings keep it', async ({ assert }) => {
    const { client, okx, pass } = await loggedIn()
    const quiet = await VenueClient.open(okx)
    for (let at = 0; at < 3; at++) {
      await pass(20_000)
      await client.say('ping')
    }
    assert.equal(quiet.closedWith, 4004)
    assert.isNull(client.closedWith)
    assert.deepEqual(client.texts, ['pong', 'pong', 'pong'])
  })

  test('a service upgrade is announced, and cuts what is still open a minute later', async ({
    assert,
  }) => {
    const { client, okx, account, pass } = await loggedIn()
    okx.upgradeService()
    await pass(20_000)
    const second = await VenueClient.open(okx)
    await second.logIn(okx, account)
    assert.containSubset(client.heard[1], { event: 'notice', code: '64008' })
    await client.say('ping')
    await pass(20_000)
    await client.say('ping')
    await second.say('ping')
    await pass(20_000)
    assert.equal(client.closedWith, 1006)
    assert.isNull(second.closedWith)
  })

  test('messages come twice, late and out of order where they are told to', async ({ assert }) => {
    const { client, venue, account, pass } = await loggedIn()
    await client.subscribe(ORDERS)
    venue.knobs.repeats = 1
    account.place(OKB)
    venue.knobs.repeats = 0
    venue.knobs.overtakes = 1
    venue.trade('OKB-USDT', 'sell', '0.5')
    venue.knobs.overtakes = 0
    venue.trade('OKB-USDT', 'sell', '0.5')
    await pass(1000)

    const rows = client.of('orders').map(({ data }) => data[0])
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['live', 'filled', 'live', 'partially_filled']
    )
    assert.notEqual(rows[0].uTime, rows[2].uTime)
  })

  test('it dies in silence, and closes when its key is changed', async ({ assert }) => {
    const { client, okx, venue, account, clock } = await loggedIn()
    okx.fallSilent()
    await client.say('ping')
    account.place(OKB)
    await settled()
    assert.deepEqual([client.texts, client.closedWith], [[], null])

    clock.pass(1000)
    const other = await VenueClient.open(okx)
    await other.logIn(okx, account)
    venue.changeKey(account)
    await settled()
    assert.equal(other.closedWith, 4007)
  })

  test('over a port it is the same', async ({ assert, cleanup }) => {
    const { okx, account } = openVenue()
    const { restUrl, wsUrl } = await okx.listen()
    cleanup(() => okx.close())
    const response = await fetch(`${restUrl}/api/v5/public/instruments?instType=SWAP`)
    assert.equal(((await response.json()) as any).data[0].ctVal, '0.01')

    const socket = new WebSocket(`${wsUrl}/ws/v5/private`)
    const heard = await new Promise((resolve) => {
      socket.onopen = () => socket.send(JSON.stringify({ op: 'subscribe', args: [ORDERS] }))
      socket.onmessage = ({ data }) => resolve(JSON.parse(data).code)
    })
    assert.equal(heard, '60011')
    const closed = new Promise((resolve) => (socket.onclose = resolve))
    okx.cut()
    await closed
    assert.lengthOf(account.ledger.bills, 1)
  })
})
