import { test } from '@japa/runner'
import TelegramChat from '#models/telegram_chat'
import TelegramUpdate from '#models/telegram_update'
import { givePass, PASS_MS } from '#chat/one_use_keys'
import { preferencesOf } from '#chat/preferences/preferences'
import { emptyDatabase } from '#tests/support/database'
import { telegramStand } from '#tests/support/telegram'

test.group('Binding a chat in Telegram', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('takes one tap on a link, which works once and not for long', async ({ assert }) => {
    const { open, chat, world, userId, say, clock } = await telegramStand()
    const code = await open()
    assert.match(world.texts(chat).at(-1)!, /bound/)
    const bound = await TelegramChat.findByOrFail('chat_id', chat.id)
    assert.containsSubset(bound, { userId, kind: 'private', status: 'active' })

    assert.match((await say(`/start ${code}`))!, /has been used/)
    const late = await givePass('telegram', userId, clock)
    clock.pass(PASS_MS.telegram)
    assert.match((await say(`/start ${late}`))!, /older than ten minutes/)
  })

  test('is said to whoever writes without one, and nothing is pushed there', async ({ assert }) => {
    const { say, world } = await telegramStand()
    const stranger = world.addPerson('Stranger')
    assert.match((await say('hello', undefined, stranger))!, /belongs to no account/)
    assert.isEmpty(await TelegramChat.all())
  })

  test('gives the chat to the account whose link was opened last', async ({ assert }) => {
    const { bind, open, person, userId } = await telegramStand()
    const first = await bind()
    const other = await telegramStand()
    await open(undefined, person, other.userId)

    await first.refresh()
    assert.containsSubset(first, { userId, status: 'inactive', reason: 'bound_again' })
    const active = await TelegramChat.findByOrFail({ status: 'active' })
    assert.equal(active.userId, other.userId)
  })

  test('ends when the bot is blocked, and /start brings the same chat back', async ({ assert }) => {
    const { bind, world, chat, process, say } = await telegramStand()
    const bound = await bind()
    world.close(chat)
    await process.hear()
    await bound.refresh()
    assert.containsSubset(bound, { status: 'retired', reason: 'chat_closed' })

    assert.match((await say('/start'))!, /this is Regou/)
    await bound.refresh()
    assert.containsSubset(bound, { status: 'active', reason: null, endedAt: null })
  })

  test('keeps nothing of what people write once it is answered', async ({ assert }) => {
    const { bind, say } = await telegramStand()
    await bind()
    await say('my secret plan')
    const updates = await TelegramUpdate.all()
    assert.deepEqual([...new Set(updates.map(({ content }) => JSON.stringify(content)))], ['{}'])
  })
})

test.group('Groups in Telegram', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('are bound by an admin alone, and the link is still good for one', async ({ assert }) => {
    const { world, person, userId, clock, process } = await telegramStand()
    const chat = world.addGroup('Traders', person)
    const member = world.addPerson('Member')
    const code = await givePass('telegram', userId, clock)
    const link = `https://t.me/${world.bot.username}?startgroup=${code}`

    world.openLink(link, member, chat)
    await process.hear()
    assert.match(world.texts(chat).at(-1)!, /Only admins/)
    world.openLink(link, person, chat)
    await process.hear()
    assert.match(world.texts(chat).at(-1)!, /group is bound/)
    const bound = await TelegramChat.findByOrFail('chat_id', chat.id)
    assert.containsSubset(bound, { kind: 'group', title: 'Traders', boundBy: person.id })
  })

  test('take commands of the admin who bound them, also with the name of the bot', async ({
    assert,
  }) => {
    const { world, person, bind, say, userId } = await telegramStand()
    const chat = world.addGroup('Traders', person)
    await bind(chat)
    assert.match((await say(`/mute@${world.bot.username} 1h`, chat))!, /No pushes until/)
    const { mutedUntil } = await preferencesOf(userId)
    assert.isNotNull(mutedUntil)

    chat.admins.clear()
    assert.isNull(await say('/unmute', chat))
    assert.match((await say(`/unmute@${world.bot.username}`, chat))!, /Only the admin/)
    const still = await preferencesOf(userId)
    assert.equal(still.mutedUntil, mutedUntil)
  })

  test('hear nothing to what is said to another bot, to people, or by others', async ({
    assert,
  }) => {
    const { world, person, bind, say } = await telegramStand()
    const chat = world.addGroup('Traders', person)
    const member = world.addPerson('Member')
    await bind(chat)
    for (const [text, by] of [
      ['/status@another_bot', person],
      ['what about status', person],
      ['/status', member],
    ] as const) {
      assert.isNull(await say(text, chat, by))
    }
  })

  test('never show the link with which their admin pays', async ({ assert }) => {
    const { world, person, bind, say } = await telegramStand()
    const chat = world.addGroup('Traders', person)
    await bind(chat)
    assert.match((await say('/renew', chat))!, /for you alone/)
  })

  test('keep their binding when they become supergroups', async ({ assert }) => {
    const { world, person, bind, say, process } = await telegramStand()
    const chat = world.addGroup('Traders', person)
    const bound = await bind(chat)
    const supergroup = world.upgrade(chat)
    await process.hear()
    await bound.refresh()
    assert.equal(bound.chatId, supergroup.id)
    assert.match((await say('/list', supergroup))!, /Four\.meme|Four/)
  })
})
