import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { systemClock } from '#foundation/clock'
import { keepMarkets } from '#tests/support/market'
import {
  someAddress,
  storeLaunch,
  storeLaunches,
  storePool,
  storeTrade,
} from '#tests/support/facts'

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
    const page = await client.get('/').qs({ source: 'flap', kind: 'nonsense', cap_min: 'x' })
    const html = page.text()

    assert.include(html, 'href="/?source=flap" aria-current="page"')
    assert.include(html, 'href="/?source=flap&amp;kind=created"')
  })

  test('tells what the trades say of a token, and what its creator did before', async ({
    client,
    assert,
  }) => {
    const creator = someAddress()
    const early = someAddress()
    await storeLaunch({ creator, token_address: early })
    await storeLaunch({ creator: null, token_address: early, kind: 'graduated' })
    await storeLaunch({ creator, token_address: TOKEN })
    const now = systemClock.now()
    const ofToken = { token_address: TOKEN, event_time: now - 1000, created_at: now }
    await storeTrade({ ...ofToken, event_time: now - 2 * 86_400_000 })
    await storeTrade({ ...ofToken, side: 'sell' })
    await storeTrade({ ...ofToken, removed_at: 1 })
    await storeTrade({ ...ofToken, price: '3000000000' })

    await keepMarkets()

    const page = await client
      .get('/')
      .qs({ q: TOKEN, window: '1h' })
      .header('accept-language', 'en')
    const html = page.text()

    assert.match(html, /data-of="1h"[^>]*>\s*<span[^>]*>2 BNB<\/span>/)
    assert.include(html, 'data-window="1h"')
    assert.include(html, '3 BNB')
    assert.include(html, '2 tokens, 1 graduated')
    assert.include(html, 'href="/creators/0x')
  })

  test('finds a launch by its {what}')
    .with([
      { what: 'symbol', q: 'MoO', found: ['MOON'] },
      { what: 'name', q: '龙年', found: ['LONG'] },
      { what: 'one letter', q: 'm', found: [] },
      { what: 'address', q: CHECKSUMMED, found: ['MOON'] },
      { what: 'creator', q: `0x${'c'.repeat(40)}`, found: ['LONG'] },
      { what: 'what nothing is called', q: "%_'", found: [] },
    ])
    .run(async ({ client, assert }, { q, found }) => {
      await storeLaunch({ token_address: TOKEN, symbol: 'MOON', name: 'x'.repeat(5000) })
      await storeLaunch({ symbol: 'LONG', name: '龙年大吉', creator: `0x${'c'.repeat(40)}` })

      const page = await client.get('/').qs({ q })

      const names = [...page.text().matchAll(/<bdi>([A-Z]+)<\/bdi>/g)].map(([, name]) => name)
      assert.deepEqual(names, found)
    })

  test('has the tokens whose curves are nearly full under a tab of their own', async ({
    client,
    assert,
  }) => {
    const curves = {
      NEARLY: '8'.padEnd(18, '0'),
      FULL: '1'.padEnd(19, '0'),
      EARLY: '79'.padEnd(18, '0'),
    }
    for (const [symbol, progress] of Object.entries({ ...curves, GONE: '1'.padEnd(19, '0') })) {
      const token = someAddress()
      await storeLaunch({ token_address: token, symbol })
      await storePool({ token_address: token, progress })
      if (symbol === 'GONE') await storeLaunch({ token_address: token, symbol, kind: 'graduated' })
    }

    const page = await client.get('/').qs({ stage: 'nearly' })

    const names = [...page.text().matchAll(/<bdi>([A-Z]+)<\/bdi>/g)].map(([, name]) => name)
    assert.deepEqual(names, ['FULL', 'NEARLY'])
  })

  test('goes on with older launches, each once', async ({ client, assert }) => {
    await storeLaunches(60)

    const first = await client.get('/')
    const [, older] = /href="([^"]+)" data-older/.exec(first.text())!
    const second = await client.get(older!)

    const ids = [first, second].flatMap((page) =>
      [...page.text().matchAll(/data-launch="(\d+)"/g)].map(([, id]) => Number(id))
    )
    assert.lengthOf(new Set(ids), 60)
    assert.deepEqual(
      ids,
      ids.toSorted((one, other) => other - one)
    )
    assert.notInclude(second.text(), 'data-older')
    assert.notInclude(second.text(), 'data-follow')
  })
})
