import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeManyTrades, storePool, storeTrade } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const CHECKSUMMED = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
const USDT = '0x55d398326f99059ff775485246999027b3197955'

test.group('Token page', (group) => {
  group.each.setup(() => emptyDatabase())

  test('tells the whole story of a token, its address in any letter case', async ({
    client,
    assert,
  }) => {
    const quote = { token_address: TOKEN, quote_address: USDT }
    await storeLaunch({ ...quote, symbol: 'LONG', name: '龙年大吉' })
    await storePool({ ...quote, quote_reserve: '11760000000000000000000', price: '24200000000' })
    await storeTrade({ ...quote, side: 'sell', quote_amount: '1500000000000000000' })

    const response = await client
      .get(`/tokens/0x${TOKEN.slice(2).toUpperCase()}`)
      .header('accept-language', 'en')

    response.assertStatus(200)
    const html = response.text()
    assert.include(html, '<bdi>LONG</bdi>')
    assert.include(html, CHECKSUMMED)
    assert.include(html, 'title="11760 USDT">11.76K USDT')
    assert.include(html, '0.0₇242 USDT')
    assert.include(html, 'title="1.5 USDT">1.5 USDT')
    assert.include(html, 'Sell')
  })

  test('an address of which nothing is stored gets a friendly page: {$self}')
    .with([TOKEN, '0x12', '<script>'])
    .run(async ({ client, assert }, address) => {
      const response = await client
        .get(`/tokens/${encodeURIComponent(address)}`)
        .header('accept-language', 'en')

      response.assertStatus(404)
      assert.include(response.text(), 'Token not found')
    })

  test('an unknown page is a friendly page too, in the language of its visitor', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/nowhere/at/all').header('accept-language', 'zh')

    response.assertStatus(404)
    assert.include(response.text(), '页面不存在')
  })

  test('draws the prices of its trades, and says the same in words', async ({ client, assert }) => {
    await storeLaunch({ token_address: TOKEN })
    const at = (minute: number) => 1_780_000_000_000 + minute * 60_000
    for (const [minute, price] of [10, 40, 20].entries()) {
      const trade = {
        token_address: TOKEN,
        event_time: at(minute),
        price: `${price}00000000000000`,
      }
      await storeTrade(trade)
    }

    const page = await client.get(`/tokens/${TOKEN}`).header('accept-language', 'en')

    assert.include(page.text(), 'Price 0.002 BNB, +100%; between 0.001 BNB and 0.004 BNB')
    assert.lengthOf(page.text().match(/class="volume"/g)!, 3)
  })

  test('leads to where it is traded, and to what its creator launched besides', async ({
    client,
    assert,
  }) => {
    const creator = `0x${'c'.repeat(40)}`
    await storeLaunch({ token_address: TOKEN, creator, symbol: 'ONE' })
    await storeLaunch({ creator, symbol: 'TWO' })

    const token = await client.get(`/tokens/${TOKEN}`).header('accept-language', 'en')
    const [, path] = /href="(\/creators\/0x[^"]+)"/i.exec(token.text())!
    const page = await client.get(path!).header('accept-language', 'en')

    assert.match(token.text(), /https:\/\/gmgn.ai\/bsc\/token\/0x5c95/)
    assert.include(token.text(), '2 tokens, 0 graduated')
    const names = [...page.text().matchAll(/<bdi>([A-Z]+)<\/bdi>/g)].map(([, name]) => name)
    assert.deepEqual(names, ['TWO', 'ONE'])
  })

  test('shows the trades of one trader, and older ones, each once', async ({ client, assert }) => {
    const trader = `0x${'d'.repeat(40)}`
    await storeLaunch({ token_address: TOKEN })
    await storeManyTrades(Array(60).fill({ token_address: TOKEN, trader }))
    await storeTrade({ token_address: TOKEN })
    const tradesIn = (html: string) => [...html.matchAll(/data-trade="(\d+)"/g)].map(([, id]) => id)

    const all = await client.get(`/tokens/${TOKEN}`)
    const own = await client.get(`/tokens/${TOKEN}?trader=${trader}`)
    const [, older] = /href="([^"#]+)#trades" rel="nofollow" data-older/.exec(own.text())!
    const rest = await client.get(older!.replaceAll('&amp;', '&'))

    assert.lengthOf(tradesIn(all.text()), 50)
    assert.include(all.text(), 'data-follow')
    const ids = [own, rest].flatMap((page) => tradesIn(page.text()))
    assert.lengthOf(ids, 60)
    assert.lengthOf(new Set(ids), 60)
    assert.notInclude(own.text(), 'data-follow')
  })

  test('estimates who holds it by what was bought and not sold', async ({ client, assert }) => {
    const [creator, seller] = [`0x${'c'.repeat(40)}`, `0x${'d'.repeat(40)}`]
    await storeLaunch({ token_address: TOKEN, creator })
    const trade = (trader: string, side: string, millions: number) =>
      storeTrade({
        token_address: TOKEN,
        trader,
        side,
        base_amount: `${millions}${'0'.repeat(24)}`,
      })
    await trade(creator, 'buy', 100)
    await trade(creator, 'sell', 25)
    await trade(seller, 'buy', 5)
    await trade(seller, 'sell', 5)
    await trade(`0x${'e'.repeat(40)}`, 'buy', 20)

    const page = await client.get(`/tokens/${TOKEN}`).header('accept-language', 'en')
    const html = page.text()

    assert.include(html, 'Holders, estimated')
    assert.include(html, '≈ 2')
    assert.match(html, /Largest 2<\/span> <b>9\.5%/)
    assert.match(html, /Creator<\/span>[\s\S]{0,120}7\.5%/)
  })

  test('leads to the same for programs', async ({ client, assert }) => {
    const creator = `0x${'c'.repeat(40)}`
    await storeLaunch({ token_address: TOKEN, creator, symbol: 'ONE' })
    await storeLaunch({ symbol: 'OTHER' })

    const page = await client.get(`/tokens/${TOKEN}`)
    const [, atom] = /href="(\/launches\.atom[^"]+)" rel="nofollow"/.exec(page.text())!
    const feed = await client.get(atom!)

    assert.include(page.text(), `/api/v1/trades?token_address=${CHECKSUMMED}`)
    assert.include(feed.text(), 'ONE')
    assert.notInclude(feed.text(), 'OTHER')
  })

  test('a creator of nothing is not found: {$self}')
    .with([`0x${'9'.repeat(40)}`, 'nonsense'])
    .run(async ({ client }, address) => {
      const page = await client.get(`/creators/${address}`)

      page.assertStatus(404)
    })
})
