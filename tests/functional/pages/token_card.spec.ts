import { test } from '@japa/runner'
import { tokenCard } from '#views/card/token_card'
import { addressView } from '#views/address_view'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool } from '#tests/support/facts'

const TOKEN = '0x5c952063c7fc8610ffdb798152d69f0b9550762b'

/** Width and height of a PNG, as its header says; null for anything else. */
function sizeOf(png: Buffer) {
  const isPng = png.subarray(1, 4).toString() === 'PNG'
  return isPng ? [png.readUInt32BE(16), png.readUInt32BE(20)] : null
}

const text = {
  symbol: 'MOON',
  name: 'Moon',
  address: addressView(TOKEN),
  stage: 'New',
  isGraduated: false,
  venue: 'Four.meme',
  figures: [],
  percent: 64,
}

const latin = { knows: (character: string) => character < '\u0250' }

test.group('The picture of a token', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is a PNG that links are shown with, whatever the token is called', async ({
    client,
    assert,
  }) => {
    const name = '"]]></text><image href="http://127.0.0.1:1/x"/><script>&amp;&#0;\u202e龙'
    await storeLaunch({ token_address: TOKEN, symbol: '<svg onload=x>', name })
    await storePool({ token_address: TOKEN, progress: '640000000000000000' })

    const page = await client.get(`/tokens/${TOKEN}`)
    const [, path] = /property="og:image" content="https?:\/\/[^/]+(\/[^"]+)"/.exec(page.text())!
    const card = await client.get(path!)

    card.assertStatus(200)
    card.assertHeader('content-type', 'image/png')
    assert.deepEqual(sizeOf(card.body()), [1200, 630])
    assert.include(page.text(), 'summary_large_image')
  })

  test('is not there for a token of which nothing is stored: {$self}')
    .with([`0x${'9'.repeat(40)}`, 'nonsense'])
    .run(async ({ client }, token) => {
      const card = await client.get(`/tokens/${token}/card.png`)

      card.assertStatus(404)
    })

  test('takes a name as text', ({ assert }) => {
    const svg = tokenCard({ ...text, symbol: '<b>&"', name: '</text><script>' }, latin)

    assert.include(svg, '&lt;b&gt;&amp;&quot;')
    assert.notInclude(svg, '<script')
  })

  test('shows the address in place of a name that no font has', ({ assert }) => {
    const svg = tokenCard({ ...text, symbol: '龙', name: '龙年 2026' }, latin)

    assert.include(svg, '>0x5c95…762b<')
    assert.include(svg, '>2026<')
    assert.notInclude(svg, '龙')
  })
})
