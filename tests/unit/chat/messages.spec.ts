import { test } from '@japa/runner'
import { digestText, type Digest } from '#chat/messages/digest'
import { fitted, shortened, WECHAT_LIMITS } from '#chat/messages/fitted'
import { digestFooter, singleFooter } from '#chat/messages/footer'
import { launchEntry, launchOf } from '#chat/kinds/launch_entry'
import type { LaunchEntry } from '#chat/kinds/launch_text'
import { launchText } from '#chat/kinds/launch_text'
import { readerOf, type Reader } from '#chat/reader'

const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7'
const AT = Date.parse('2026-03-01T12:00:03.100Z')

const launch = (columns: Partial<LaunchEntry> = {}): LaunchEntry => ({
  kind: 'graduated',
  source: 'four',
  venue: 'Four.meme',
  symbol: 'PEPE2',
  name: 'Pepe Two',
  address: ADDRESS,
  chainId: 56,
  liquidity: '18.2 BNB',
  happenedAt: AT,
  isOnChain: true,
  ...columns,
})

const entry = (reader: Reader, columns: Partial<LaunchEntry> = {}) =>
  launchEntry(launch(columns), reader, async () => null)

const digest = (parts: Partial<Digest> = {}): Digest => ({
  entries: [],
  notices: [],
  removed: [],
  counted: 0,
  expired: 0,
  unconfirmed: 0,
  nearly: [],
  footer: null,
  ...parts,
})

test.group('Messages of a chat', () => {
  test('tell of one launch with the contract alone on its line and the time it took', async ({
    assert,
  }) => {
    const reader = await readerOf({ language: 'zh-CN', timeZone: 'UTC' })
    const sending = { now: AT + 900, hasLinks: true, tookMs: 372_400, footer: null }
    const text = launchText(launch(), reader, sending)

    assert.deepEqual(text.split('\n'), [
      '🎓 毕业 · Four.meme',
      'PEPE2 (Pepe Two)',
      ADDRESS,
      '池子 18.2 BNB · 用时 6分钟12秒',
      '12:00:03 上链 → 12:00:04 发出（0.9 秒）',
      `https://dexscreener.com/bsc/${ADDRESS}`,
    ])
  })

  test('leave links out where they are not wanted', async ({ assert }) => {
    const reader = await readerOf({ language: 'en', timeZone: 'UTC' })
    const sending = { now: AT, hasLinks: false, tookMs: null, footer: null }
    const text = launchText(launch(), reader, sending)

    assert.notInclude(text, 'http')
    assert.include(text, '12:00:03 on chain → 12:00:03 sent (0.0 s)')
  })

  test('clean what the author of a token has written', async ({ assert }) => {
    const reader = await readerOf({ language: 'en', timeZone: 'UTC' })
    const stored = {
      kind: 'created',
      source: 'four',
      chain_id: 56,
      token_address: ADDRESS.toLowerCase(),
      symbol: 'PE\u202ePE\n\u200b0xfake',
      name: '\u200b',
      quote_address: null,
      quote_amount: '5',
      event_time: AT,
      block_number: 1,
    }
    const made = launchOf(
      { launch: stored, curve: null, tradeCount: { count: 0, isMore: false, to: 0 } },
      reader
    )

    assert.equal(made.symbol, 'PEPE 0xfake')
    assert.isNull(made.name)
    assert.isNull(made.liquidity)
    assert.equal(made.address, ADDRESS)
  })

  test('put many launches in one, with counts, span, what is taken back and what is left', async ({
    assert,
  }) => {
    const reader = await readerOf({ language: 'zh-CN', timeZone: 'UTC' })
    const entries = [
      entry(reader),
      entry(reader, { symbol: 'NEW', happenedAt: AT + 720_000, liquidity: null }),
    ]
    const { text, shown } = digestText(
      digest({
        entries,
        removed: [entry(reader, { symbol: 'GONE' })],
        counted: 312,
        expired: 4,
        unconfirmed: 2,
        nearly: [{ symbol: null, venue: 'Flap', address: ADDRESS, percent: 96 }],
        footer: digestFooter({ left: 2, openUntil: null }, reader),
      }),
      reader
    )

    assert.equal(shown, 2)
    assert.deepEqual(text.split('\n'), [
      '2 个毕业 · 3/1 12:00–12:12 · 另有 312 个新币',
      `⚠️ 已撤回（链重组）：GONE 的毕业 ${ADDRESS}`,
      '🎓 NEW · Four.meme · 0x5290…9EE7',
      '🎓 PEPE2 · 18.2 BNB · Four.meme · 0x5290…9EE7',
      '曲线超过 90%，快要毕业：',
      `（无名） · 96% · Flap · ${ADDRESS}`,
      '4 条等得太久，没有列出',
      '之前有 2 条可能没有显示',
      '还可推送 2 条，回复任意字续满',
    ])
  })

  test('hold 60 launches with the longest names within the limits, by whole entries: {$self}')
    .with(['n', '语', '😀', '\u{1F468}\u{200D}\u{1F469}'])
    .run(async ({ assert }, letter) => {
      const reader = await readerOf({ language: 'en', timeZone: 'UTC' })
      const entries = Array.from({ length: 60 }, (_, index) =>
        entry(reader, { symbol: letter.repeat(40), happenedAt: AT + index })
      )
      const { text, shown } = digestText(digest({ entries, footer: 'the foot' }), reader)

      const lines = text.split('\n')
      assert.isAbove(shown, 3)
      assert.isAtMost(text.length, WECHAT_LIMITS.characters)
      assert.isAtMost(Buffer.byteLength(text), WECHAT_LIMITS.bytes)
      assert.isTrue(text.isWellFormed())
      assert.lengthOf(
        lines.filter((line) => line.endsWith('0x5290…9EE7')),
        shown
      )
      assert.include(lines, `${60 - shown} more are not listed`)
      assert.equal(lines.at(-1), 'the foot')
    })

  test('stay within the limits however much was taken back', async ({ assert }) => {
    const reader = await readerOf({ language: 'en', timeZone: 'UTC' })
    const removed = Array.from({ length: 200 }, () => entry(reader))
    const { text, shown } = digestText(digest({ entries: [entry(reader)], removed }), reader)

    assert.equal(shown, 0)
    assert.isAtMost(text.length, WECHAT_LIMITS.characters)
    assert.match(text, /\n\d+ more are not listed$/)
  })

  test('count bytes, not letters', ({ assert }) => {
    const entries = ['语'.repeat(10), '语'.repeat(10)]
    const parts = { head: [], entries, foot: () => [] }

    assert.equal(fitted(parts, { characters: 100, bytes: 60 }).shown, 1)
    assert.equal(fitted(parts, { characters: 100, bytes: 61 }).shown, 2)
    assert.equal(shortened(entries.join('\n'), { characters: 100, bytes: 40 }), `${entries[0]}\n…`)
  })

  test('say what is left only when the end is near, and ask for a word with the last one', async ({
    assert,
  }) => {
    const reader = await readerOf({ language: 'en', timeZone: 'UTC' })

    assert.isNull(singleFooter({ left: 8, openUntil: null }, reader))
    assert.equal(
      singleFooter({ left: 2, openUntil: null }, reader),
      '2 left; any reply brings more'
    )
    assert.include(digestFooter({ left: 0, openUntil: null }, reader)!, 'This is the last one')
    assert.isNull(digestFooter({ left: null, openUntil: null }, reader))
  })
})
