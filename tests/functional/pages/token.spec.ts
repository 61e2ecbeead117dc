import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'

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
})
