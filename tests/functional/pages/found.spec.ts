import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'
const CHECKSUMMED = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'

test.group('What machines find', (group) => {
  group.each.setup(() => emptyDatabase())

  test('launches and graduations are feeds, in which a hostile name is mere text', async ({
    client,
    assert,
  }) => {
    await storeLaunch({ token_address: TOKEN, symbol: 'A&B', name: ']]></title><x>\u0001\u202E' })
    await storeLaunch({ token_address: someAddress(), kind: 'graduated', symbol: 'GONE' })

    const created = await client.get('/launches.atom').header('accept-language', 'en')
    const graduated = await client.get('/graduations.atom').qs({ source: 'four' })

    created.assertHeader('content-type', 'application/atom+xml; charset=utf-8')
    const text = created.text()
    assert.include(text, '<title>A&amp;B · ]]&gt;&lt;/title&gt;&lt;x&gt; · Four.meme</title>')
    assert.include(text, `/tokens/${CHECKSUMMED}"`)
    assert.notInclude(text, 'GONE')
    assert.include(graduated.text(), 'GONE')
    assert.match(graduated.text(), /<link rel="self" href="[^"]*source=four"/)
  })

  test('a feed of nothing is one too', async ({ client, assert }) => {
    const feed = await client.get('/launches.atom')

    feed.assertStatus(200)
    assert.notInclude(feed.text(), '<entry>')
  })

  test('crawlers are told where not to go, and which tokens are worth a visit', async ({
    client,
    assert,
  }) => {
    await storeLaunch({ token_address: TOKEN, kind: 'graduated' })

    const robots = await client.get('/robots.txt')
    const sitemap = await client.get('/sitemap.xml')

    assert.include(robots.text(), 'Disallow: /live')
    const [, place] = /^Sitemap: (.*)$/m.exec(robots.text())!
    assert.isTrue(place!.endsWith('/sitemap.xml'))
    assert.include(sitemap.text(), `/tokens/${CHECKSUMMED}</loc>`)
  })

  test('{$self} is there for browsers that install the page')
    .with(['favicon.ico', 'apple-touch-icon.png', 'manifest.webmanifest', 'icon-192.png'])
    .run(async ({ client }, file) => {
      const response = await client.get(`/${file}`)

      response.assertStatus(200)
    })

  test('a token’s page is shown to chats by its name', async ({ client, assert }) => {
    await storeLaunch({ token_address: TOKEN, symbol: 'LONG', name: '龙年大吉' })

    const page = await client.get(`/tokens/${TOKEN}`)

    assert.include(page.text(), '<meta property="og:title" content="LONG · 龙年大吉">')
    assert.match(page.text(), /og:image" content="https?:\/\/[^"]+\/card.png"/)
  })
})
