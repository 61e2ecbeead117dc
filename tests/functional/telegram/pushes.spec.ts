import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import TelegramChat from '#models/telegram_chat'
import TelegramMessage from '#models/telegram_message'
import { changePreferences } from '#chat/preferences/preferences'
import { linksIn } from '#demo/telegram/read_html'
import { emptyDatabase } from '#tests/support/database'
import { jobs } from '#tests/support/delivery'
import { telegramProcess, telegramStand } from '#tests/support/telegram'

const S = 1000

/** A name that formats, links, mentions and hides wherever it can. */
const HOSTILE = '</code><b>x</b>&amp; @regou_admin t.me/evil https://evil.example evil.io _*`\u202e'

test.group('Pushes to Telegram', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('tell a new launch by itself with its links on buttons, and what waits in one digest', async ({
    assert,
  }) => {
    const { bind, launch, round, clock, world, chat } = await telegramStand()
    await bind()
    await launch({ symbol: 'ONE' })
    await round()
    const [, single] = chat.shown.filter(({ from }) => from === world.bot.username)
    assert.match(single!.text, /ONE/)
    assert.match(single!.html, /<code>0x[\da-f]{40}<\/code>/i)
    const [links, mute] = single!.buttons
    assert.deepEqual(
      links!.map(({ url }) => new URL(url!).host),
      ['dexscreener.com', 'bscscan.com', 'pancakeswap.finance']
    )
    assert.lengthOf(mute!, 1)

    await launch({ symbol: 'TWO' })
    await launch({ symbol: 'THREE' })
    clock.pass(5 * S)
    await round()
    assert.match(world.texts(chat).at(-1)!, /2 graduations[\s\S]*T(WO|HREE)[\s\S]*T(WO|HREE)/)
    const kinds = await TelegramMessage.query().orderBy('id')
    assert.deepEqual(
      kinds.map(({ kind, result }) => [kind, result]),
      [
        ['single', 'accepted'],
        ['digest', 'accepted'],
      ]
    )
  })

  test('of names that strangers chose keep neither form nor links', async ({ assert }) => {
    const { bind, launch, round, clock, world, chat } = await telegramStand()
    await bind()
    const named = { symbol: HOSTILE, name: HOSTILE }
    await launch(named)
    await round()
    await launch(named)
    await launch(named)
    clock.pass(5 * S)
    await round()

    const pushes = world.texts(chat).slice(1)
    assert.lengthOf(pushes, 2)
    assert.isTrue(pushes.every((text) => text.includes('</code><b>x</b>&amp;')))
    assert.deepEqual(pushes.flatMap(linksIn), [])
    assert.deepEqual(world.refusals, [])
  })

  test('of more than a message holds show whole entries and count the rest', async ({ assert }) => {
    const { bind, launch, round, world, chat } = await telegramStand()
    await bind()
    for (let at = 0; at < 80; at++) await launch({ symbol: `<${'&'.repeat(30)}${at}>` })
    await round()

    const text = world.texts(chat).at(-1)!
    assert.isAtMost(text.length, 4096)
    assert.match(text, /80 graduations/)
    const shown = text.match(/🎓 .* · Four\.\u2060?meme · 0x\w{4}…\w{4}/gu)!
    assert.match(text, new RegExp(`\\b${80 - shown.length}\\b`))
    assert.lengthOf(await jobs({ status: 'sent' }), 80)
  })

  test('wait while the user is quiet or muted, and go as one message', async ({ assert }) => {
    const { bind, launch, round, clock, world, chat, userId } = await telegramStand()
    await bind()
    const until = clock.now() + 60 * S
    await changePreferences(userId, () => ({ mutedUntil: until }), clock)
    await launch()
    await launch()
    await round()
    assert.lengthOf(world.texts(chat), 1)
    assert.containsSubset(await jobs(), [{ status: 'held', reason: 'muted' }])

    clock.pass(61 * S)
    await round()
    assert.match(world.texts(chat).at(-1)!, /2 graduations/)
  })

  test('leave a chat alone for as long as Telegram says, also after a restart', async ({
    assert,
  }) => {
    const { bind, launch, round, clock, world, chat, server } = await telegramStand()
    await bind()
    world.paces.pause(chat.id, 37, clock.now())
    await launch()
    await round()
    assert.lengthOf(world.refusals, 1)

    clock.pass(30 * S)
    const again = await telegramProcess(server, clock)
    await round(again.channel)
    assert.lengthOf(world.refusals, 1)
    clock.pass(8 * S)
    await round(again.channel)
    assert.lengthOf(world.refusals, 1)
    assert.lengthOf(await jobs({ status: 'sent' }), 1)
  })

  test('end with a chat that is closed, and are told when its person comes back', async ({
    assert,
  }) => {
    const { bind, launch, round, clock, world, chat, say } = await telegramStand()
    const bound = await bind()
    chat.closedFor = 'Forbidden: bot was blocked by the user'
    await launch({ symbol: 'LATER' })
    await round()
    await bound.refresh()
    assert.containsSubset(bound, { status: 'retired', reason: 'chat_closed' })
    assert.match(bound.detail!, /blocked by the user/)
    assert.containsSubset(await jobs(), [{ status: 'held', reason: 'unbound' }])

    await say('/start')
    clock.pass(5 * S)
    await round()
    assert.match(world.texts(chat).at(-1)!, /LATER/)
  })

  test('follow a group that has become a supergroup, at once and from then on', async ({
    assert,
  }) => {
    const { bind, launch, round, world, person } = await telegramStand()
    const old = world.addGroup('Traders', person)
    await bind(old)
    const supergroup = world.upgrade(old, { isTold: false })
    await launch()
    await round()
    assert.lengthOf(world.texts(supergroup), 1)
    const { chatId } = await TelegramChat.firstOrFail()
    assert.equal(chatId, supergroup.id)
  })

  test('are told once more when no answer says whether they have arrived, and not a third time', async ({
    assert,
  }) => {
    const { bind, launch, round, clock, server, world, chat } = await telegramStand()
    await bind()
    await launch()
    server.faults.set('sendMessage', 'drop_after')
    await round()
    server.faults.set('sendMessage', 'drop_after')
    clock.pass(60 * S)
    await round()
    clock.pass(600 * S)
    await round()
    assert.lengthOf(world.texts(chat), 3)
    assert.containsSubset(await jobs(), [{ status: 'failed', reason: 'unknown_outcome' }])
  })

  test('that a process has under way when it loses its lease are told once', async ({ assert }) => {
    const { bind, launch, round, clock, server, world, chat } = await telegramStand()
    await bind()
    await launch()
    let reached = () => {}
    const isSent = new Promise<void>((resolve) => (reached = resolve))
    let answer = () => {}
    server.beforeAnswer = () => {
      reached()
      return new Promise((resolve) => (answer = resolve))
    }
    const slow = round()
    await isSent
    server.beforeAnswer = async () => {}
    // Its lease of the job is over, and another process has the lease of the bot.
    await db.from('notification_jobs').update({ lease_until: clock.now() - 1 })
    const other = await telegramProcess(server, clock)
    answer()
    await slow
    await round(other.channel)
    clock.pass(60 * S)
    await round(other.channel)

    assert.lengthOf(world.texts(chat), 2)
    assert.containsSubset(await jobs(), [{ status: 'sent' }])
  })
})
