import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import telegramConfig from '#config/telegram'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { preferencesOf } from '#chat/preferences/preferences'
import { emptyDatabase } from '#tests/support/database'
import { telegramStand } from '#tests/support/telegram'
import { someWallet, Visitor } from '#tests/support/visitor'

test.group('Telegram in the user center', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())
  group.each.setup(() => {
    const before = { ...telegramConfig }
    return () => void Object.assign(telegramConfig, before)
  })

  test('lists the chats with their state, tests them, unbinds them, and orders all ways out', async ({
    assert,
  }) => {
    const { world, server, userId, bind, chat } = await telegramStand()
    Object.assign(telegramConfig, { token: world.bot.token, url: server.url })
    const bound = await bind()
    const wallet = someWallet()
    const visitor = new Visitor()
    await visitor.logIn(wallet)
    const { id } = await User.findByOrFail('wallet_address', wallet.address.toLowerCase())
    await TelegramChat.query().where('user_id', userId).update({ userId: id })

    const page = await visitor.get('/user-center')
    assert.include(page.text, 'data-telegram-chat="active"')
    assert.include(page.text, '/user-center/telegram/group')

    await visitor.post(`/user-center/telegram/${bound.id}/test`, {})
    assert.lengthOf(world.texts(chat), 2)
    await visitor.post('/user-center/chat/ways', {
      'is_once': 'on',
      'order[]': ['telegram', 'wechat', 'webhook'],
    })
    const { fallbackOrder } = await preferencesOf(id)
    assert.deepEqual(fallbackOrder, ['telegram', 'wechat', 'webhook'])

    await visitor.post(`/user-center/telegram/${bound.id}/unbind`, {})
    await bound.refresh()
    assert.containsSubset(bound, { status: 'inactive', reason: 'by_owner' })
  })
})
