import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const CHECKSUMMED = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'

test.group('Feed page', (group) => {
  group.each.setup(() => emptyDatabase())

  test('shows a launch with its curve and its trades', async ({ client, assert }) => {
    await storeLaunch({ token_address: TOKEN, name: '龙年大吉', symbol: 'LONG' })
    await storePool({ token_address: TOKEN, progress: '634999999999999999' })
    await storeTrade({ token_address: TOKEN })

    const page = await client.get('/')
    const html = page.text()

    assert.include(html, '<bdi>LONG</bdi>')
    assert.include(html, '龙年大吉')
    assert.include(html, `href="/tokens/${CHECKSUMMED}"`)
    assert.include(html, '63.4%')
    assert.include(html, 'data-trades="1"')
    assert.include(html, `https://bscscan.com/token/${CHECKSUMMED}`)
  })

  test('calls a graduation by the name of its token', async ({ client, assert }) => {
    await storeLaunch({ token_address: TOKEN, symbol: 'LONG' })
    await storeLaunch({ token_address: TOKEN, kind: 'graduated', symbol: null, name: null })

    const page = await client.get('/').qs({ kind: 'graduated' })
    const html = page.text()

    assert.include(html, '<bdi>LONG</bdi>')
    assert.lengthOf(html.match(/<article/g)!, 1)
  })

  test('escapes what token creators wrote', async ({ client, assert }) => {
    await storeLaunch({ name: '"><img src=x onerror=alert(1)>', symbol: '<script>' })

    const page = await client.get('/')
    const html = page.text()

    assert.include(html, '&lt;script&gt;')
    assert.notInclude(html, '<img src=x')
  })

  test('says what to do while there is nothing', async ({ client, assert }) => {
    const page = await client.get('/').header('accept-language', 'en')
    const html = page.text()

    assert.include(html, 'node ace scan:chain')
  })

  test('lets no foreign script run and loads nothing from elsewhere', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/')

    const policy = String(response.header('content-security-policy'))
    assert.match(policy, /script-src 'self' 'nonce-/)
    assert.notMatch(response.text(), /(?:src|href)="(?:https?:)?\/\/(?!bscscan)/)
  })

  test('carries links for its filters, and marks the current ones', async ({ client, assert }) => {
    const page = await client.get('/').qs({ source: 'flap', kind: 'nonsense' })
    const html = page.text()

    assert.include(html, 'href="/" aria-current="page"')
    const other = await client.get('/').qs({ source: 'flap' })
    assert.include(other.text(), 'href="/?source=flap&amp;kind=created"')
  })
})
