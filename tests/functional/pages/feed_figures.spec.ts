import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { keepMarkets, storeCoinPrice } from '#tests/support/market'

const WEI = '000000000000000000'
const NATIVE = `0x${'0'.repeat(40)}`
const USDT = '0x55d398326f99059ff775485246999027b3197955'

const symbolsIn = (html: string) =>
  [...html.matchAll(/<bdi>([A-Z]+)<\/bdi>/g)].map(([, name]) => name)

interface Token {
  /** Minutes. */
  age?: number
  /** BNB. */
  cap?: number
  volume?: number
  buys?: number
  graduated?: boolean
  columns?: object
}

async function storeToken(
  symbol: string,
  { age = 60, cap, volume = 1, buys = 1, ...token }: Token
) {
  const now = systemClock.now()
  const address = someAddress()
  const ofToken = {
    token_address: address,
    created_at: now,
    quote_address: NATIVE,
    ...token.columns,
  }
  const born = { ...ofToken, symbol, event_time: now - age * 60_000 }
  await storeLaunch(born)
  await storePool({ ...ofToken, price: cap ? `${cap}000000000` : null })
  for (let count = 0; count < buys; count++) {
    const price = cap ? `${cap}000000000` : null
    await storeTrade({
      ...ofToken,
      event_time: now - 60_000,
      quote_amount: `${volume}${WEI}`,
      price,
    })
  }
  if (token.graduated) await storeLaunch({ ...born, kind: 'graduated', event_time: now })
  return address
}

test.group('Feed by figures', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is sorted and limited by {$self}')
    .with([
      ['sort=cap', ['BIG', 'DONE', 'MID', 'NEW']],
      ['sort=volume', ['MID', 'DONE', 'BIG', 'NEW']],
      ['sort=volume&window=5m', ['MID', 'DONE', 'BIG', 'NEW']],
      ['sort=buys', ['NEW', 'DONE', 'BIG', 'MID']],
      ['sort=age', ['DONE', 'DONE', 'BIG', 'MID', 'NEW', 'BARE']],
      ['cap_min=20', ['MID', 'BIG', 'DONE']],
      ['cap_min=20&cap_max=50&sort=cap', ['DONE', 'MID']],
      ['age_max=30', ['NEW']],
      ['age_min=30&sort=cap', ['BIG', 'DONE', 'MID']],
      ['sort=cap&kind=graduated', ['DONE']],
      ['sort=cap&kind=created', ['BIG', 'MID', 'NEW']],
      ['sort=cap&source=flap', []],
      ['quote=USDT', []],
      ['buys_min=3', ['NEW']],
      ['sort=cap&q=mi', ['MID']],
    ] as [string, string[]][])
    .run(async ({ client, assert }, [query, found]) => {
      await storeToken('BARE', { buys: 0, age: 100 })
      await storeToken('NEW', { age: 5, cap: 10, volume: 1, buys: 3 })
      await storeToken('MID', { age: 50, cap: 30, volume: 9 })
      await storeToken('BIG', { age: 60, cap: 90, volume: 4 })
      await storeToken('DONE', { age: 70, cap: 40, volume: 4, buys: 2, graduated: true })
      await keepMarkets()

      const page = await client.get(`/?${query}`)

      assert.deepEqual(symbolsIn(page.text()), found)
    })

  test('goes on behind its first page, each token once', async ({ client, assert }) => {
    for (let count = 0; count < 60; count++) {
      await storeToken(`T${'ABCDEFGHIJ'[count % 10]}`, { cap: 1 + (count % 7), buys: 0 })
    }
    await keepMarkets()

    const first = await client.get('/?sort=cap')
    const [, older] = /href="([^"]+)" data-older/.exec(first.text())!
    const second = await client.get(older!.replaceAll('&amp;', '&'))

    const ids = [first, second].flatMap((page) =>
      [...page.text().matchAll(/data-launch="(\d+)"/g)].map(([, id]) => id)
    )
    assert.lengthOf(ids, 60)
    assert.lengthOf(new Set(ids), 60)
    assert.notInclude(second.text(), 'data-older')
  })

  test('is the same place however a form was filled in, and is not followed live', async ({
    client,
    assert,
  }) => {
    const form = await client.get('/?sort=cap&cap_min=&cap_max=5&q=').redirects(0)

    form.assertStatus(303)
    form.assertHeader('location', '/?sort=cap&cap_max=5')
    const page = await client.get('/?sort=cap&cap_max=5')
    assert.notInclude(page.text(), 'data-follow')
    assert.include(page.text(), 'data-refresh="10"')
  })

  test('shows and limits money in the currency that was chosen, and says how old its price is', async ({
    client,
    assert,
  }) => {
    await storeCoinPrice(`600${WEI}`, systemClock.now() - 5 * 60_000)
    await storeToken('COIN', { cap: 2, volume: 3 })
    await storeToken('DOLLAR', { cap: 900, volume: 30, columns: { quote_address: USDT } })
    await keepMarkets()

    const usd = await client.get('/?sort=cap&currency=USD').header('accept-language', 'en')
    const bnb = await client.get('/?sort=cap').header('accept-language', 'en')
    const limited = await client.get('/?cap_max=1000&currency=USD')
    const unset = await client.get('/?currency=CNY')

    assert.deepEqual(symbolsIn(usd.text()), ['COIN', 'DOLLAR'])
    assert.match(usd.text(), /data-cap>\$1,200</)
    assert.match(usd.text(), /data-cap>\$900</)
    assert.match(usd.text(), /data-volume>\$30</)
    assert.include(usd.text(), '5m ago')
    assert.match(bnb.text(), /data-cap>1\.5 BNB</)
    assert.deepEqual(symbolsIn(limited.text()), ['DOLLAR'])
    assert.notInclude(unset.text(), '¥')
  })

  test('without a price of BNB keeps each amount in what it was paid in', async ({
    client,
    assert,
  }) => {
    await storeToken('DOLLAR', { cap: 900, columns: { quote_address: USDT } })
    await keepMarkets()

    const page = await client.get('/?currency=USD').header('accept-language', 'en')

    assert.match(page.text(), /data-cap>900 USDT</)
    assert.match(page.text(), /data-volume>—</)
    assert.include(page.text(), '1 BNB = — $')
  })

  test('filters are kept under a name, and removed', async ({ client, assert }) => {
    const saved = await client
      .post('/views')
      .form({ name: '<b>大户</b>', query: 'sort=cap&cap_min=20' })
      .redirects(0)
    saved.assertHeader('location', '/?sort=cap&cap_min=20')
    const { value } = saved.cookie('regou-views')!

    const page = await client.get('/').plainCookie('regou-views', value)
    assert.include(page.text(), 'href="/?sort=cap&amp;cap_min=20"')
    assert.include(page.text(), '<bdi>&lt;b&gt;大户&lt;/b&gt;</bdi>')

    const removed = await client
      .post('/views/remove')
      .form({ name: '<b>大户</b>' })
      .plainCookie('regou-views', value)
      .redirects(0)
    assert.deepEqual(removed.cookie('regou-views')!.value, [])
  })
})
