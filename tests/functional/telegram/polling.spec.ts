import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { LeaseLostError } from '#foundation/db/lease'
import { redact } from '#foundation/text/redact'
import TelegramBot from '#models/telegram_bot'
import TelegramUpdate from '#models/telegram_update'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import { setMenu } from '#telegram/polling/menu'
import { TelegramLog } from '#telegram/polling/telegram_log'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { telegramClient, telegramProcess, telegramStand } from '#tests/support/telegram'

test.group('Polling Telegram', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('that ends between the answer and its commit loses nothing and answers once', async ({
    assert,
  }) => {
    const { bind, world, server, clock, person, chat, process } = await telegramStand()
    await bind()
    world.say(person, '/help')
    // What was handed out is stored by none.
    const { nextUpdateId } = await TelegramBot.firstOrFail()
    await process.client.getUpdates(nextUpdateId, 0, new AbortController().signal)

    const other = await telegramProcess(server, clock)
    await other.hear()
    assert.lengthOf(world.texts(chat), 2)
    const bot = await TelegramBot.firstOrFail()
    assert.isAbove(bot.nextUpdateId, nextUpdateId)
  })

  test('answers what a process had stored that ended before it could, and nothing twice', async ({
    assert,
  }) => {
    const { bind, world, server, clock, person, chat, process } = await telegramStand()
    await bind()
    world.say(person, '/help')
    await process.poll()
    assert.lengthOf(world.texts(chat), 1)

    const other = await telegramProcess(server, clock)
    await Promise.all([other.answerAll(), process.answerAll()])
    assert.lengthOf(world.texts(chat), 2)
  })

  test('stores nothing for a process that has lost its lease', async ({ assert }) => {
    const { bind, world, server, clock, person, process } = await telegramStand()
    await bind()
    world.say(person, '/help')
    await process.lease.release()
    await telegramProcess(server, clock)

    await assert.rejects(process.poll, LeaseLostError)
    assert.isEmpty(await TelegramUpdate.query().whereNull('handled_at'))
  })

  test('says in one line that another program polls the bot, or that its token is not good', async ({
    assert,
  }) => {
    const { server, clock, world } = await telegramStand()
    const { lines, logger: kept } = loggedLines()
    const process = await telegramProcess(server, clock, kept)
    const held = process.client.getUpdates(0, 5000, new AbortController().signal)
    void telegramClient(server)
      .getUpdates(0, 5000, new AbortController().signal)
      .catch(() => {})
    await assert.rejects(() => held, BotApiFailure, /409 Conflict/)

    world.bot.token = '7000000001:another-token-of-this-bot-in-telegram'
    await process.poll()
    await process.poll()
    assert.lengthOf(lines, 1)
    assert.match(lines[0]!, /TELEGRAM_BOT_TOKEN/)
    const { trouble } = await TelegramBot.firstOrFail()
    assert.equal(trouble, 'unauthorized')
  })

  test('never shows the token, whatever fails', async ({ assert }) => {
    const { server, world } = await telegramStand()
    const { token } = world.bot
    const client = telegramClient(server)
    const url = `${server.url}/bot${token}/getMe`
    await server.stop()
    const error = await client.getMe().catch((failure: Error) => failure)
    assert.instanceOf(error, BotApiFailure)
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error))
    assert.notInclude(shown, token.split(':')[1]!)
    assert.notInclude(redact(`POST ${url}`), token.split(':')[1]!)
  })

  test('sets a menu of commands in both languages, each of which the bot knows', async ({
    assert,
  }) => {
    const { process, world, bind, say } = await telegramStand()
    await bind()
    await setMenu(process.client, new TelegramLog(logger))
    assert.sameMembers([...world.commands.keys()], ['', 'zh'])
    for (const { command } of world.commands.get('') as { command: string }[]) {
      assert.notMatch((await say(`/${command}`))!, /no command/)
    }
  })
})
