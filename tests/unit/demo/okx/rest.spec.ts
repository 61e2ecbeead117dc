import { test } from '@japa/runner'
import { askVenue, openVenue } from '#tests/support/local_okx'

type Asked = Parameters<typeof askVenue>

async function codeOf(...asked: Asked) {
  const { code } = await askVenue(...asked)
  return code
}

async function rowsOf(...asked: Asked) {
  const { data } = await askVenue(...asked)
  return data!
}

const HOUR_MS = 3_600_000
const CONFIG = '/api/v5/account/config'

test.group('REST of the local venue', () => {
  test('answers a signed request, and each that is not with the words of OKX', async ({
    assert,
  }) => {
    const { okx, venue, account } = openVenue({ permissions: 'read_only,trade' })
    const code = async (changes: Parameters<typeof askVenue>[3]) => {
      const { status, code: said } = await askVenue(okx, account, CONFIG, changes)
      return `${status} ${said}`
    }
    const { data } = await askVenue(okx, account, CONFIG)
    assert.equal(data![0]!.perm, 'read_only,trade')

    assert.equal(await code({ secret: 'another' }), '401 50113')
    assert.equal(await code({ headers: { 'OK-ACCESS-PASSPHRASE': 'x' } }), '401 50105')
    assert.equal(await code({ headers: { 'OK-ACCESS-KEY': 'x' } }), '401 50111')
    assert.equal(await code({ headers: { 'OK-ACCESS-KEY': '' } }), '401 50103')
    assert.equal(await code({ headers: { 'OK-ACCESS-KEY': crypto.randomUUID() } }), '200 50119')
    assert.equal(await code({ headers: { 'x-simulated-trading': '1' } }), '401 50101')
    const late = new Date(venue.now() - 31_000).toISOString()
    assert.equal(await code({ headers: { 'OK-ACCESS-TIMESTAMP': late } }), '401 50102')
    assert.equal(await code({ headers: { 'OK-ACCESS-TIMESTAMP': 'now' } }), '401 50112')

    const european = venue.addAccount({ region: 'eea' })
    assert.equal(await codeOf(okx, european, CONFIG), '50119')
    const bound = venue.addAccount({ ip: '203.0.113.7' })
    assert.equal(await codeOf(okx, bound, CONFIG), '50110')
  })

  test('lets a key trade that may, and no other', async ({ assert }) => {
    const { okx, venue } = openVenue()
    const body = JSON.stringify({ instId: 'OKB-USDT', side: 'buy', sz: '1', px: '1' })
    const trader = venue.addAccount({ permissions: 'read_only,trade' })
    const place = async (by: typeof trader) => {
      const { code, data } = await askVenue(okx, by, '/api/v5/trade/order', {
        method: 'POST',
        body,
      })
      return data?.[0]?.sCode ?? code
    }

    assert.equal(await place(venue.addAccount()), '50120')
    assert.equal(await place(trader), '51008')
    trader.transfer('USDT', '1')
    assert.equal(await place(trader), '0')
    const [pending] = await rowsOf(okx, trader, '/api/v5/trade/orders-pending')
    assert.equal(pending!.px, '1')
  })

  test('forgets an order without fills two hours after it was canceled', async ({ assert }) => {
    const { okx, account, clock } = openVenue()
    const { ordId } = account.place({ instId: 'OKB-USDT', side: 'buy', sz: '1', px: '1' })
    account.cancel(ordId)
    const history = '/api/v5/trade/orders-history?instType=SPOT'
    const byId = `/api/v5/trade/order?instId=OKB-USDT&ordId=${ordId}`

    clock.pass(2 * HOUR_MS - 1)
    assert.lengthOf(await rowsOf(okx, account, history), 1)
    assert.equal(await codeOf(okx, account, byId), '0')
    clock.pass(1)
    assert.lengthOf(await rowsOf(okx, account, history), 0)
    assert.equal(await codeOf(okx, account, byId), '51603')
  })

  test('pages from the newest back, and shows what happened only when its history has settled', async ({
    assert,
  }) => {
    const { okx, venue, account, clock } = openVenue()
    venue.knobs.historyLagMs = 5000
    for (let at = 0; at < 250; at++) account.transfer('USDT', '1')
    const page = async (query: string) => {
      const { data } = await askVenue(okx, account, `/api/v5/account/bills?${query}`)
      clock.pass(1000)
      return data!.map(({ billId }) => String(billId))
    }
    const ids = account.ledger.bills.map(({ billId }) => billId).reverse()

    assert.deepEqual(await page('limit=100'), [])
    clock.pass(5000)
    assert.deepEqual(await page('limit=3'), ids.slice(0, 3))
    assert.deepEqual(await page(`after=${ids[99]}`), ids.slice(100, 200))
    assert.deepEqual(await page(`before=${ids[4]}`), ids.slice(0, 4))
    assert.deepEqual(await page(`before=${ids[150]}`), ids.slice(0, 100))
  })

  test('refuses what is more than the rate of its endpoint, and everything during maintenance', async ({
    assert,
  }) => {
    const { okx, venue, account, clock, pass } = openVenue()
    for (let at = 0; at < 5; at++) await askVenue(okx, account, CONFIG)
    assert.equal(await codeOf(okx, account, CONFIG), '50011')
    clock.pass(2000)
    assert.equal(await codeOf(okx, account, CONFIG), '0')

    venue.maintenance.plan(venue.now() + 1000, venue.now() + 60_000)
    await pass(1000)
    assert.equal(await codeOf(okx, account, CONFIG), '50001')
    const [planned] = await rowsOf(okx, account, '/api/v5/system/status')
    assert.equal(planned!.state, 'ongoing')
    await pass(60_000)
    assert.equal(await codeOf(okx, account, CONFIG), '0')
  })
})
