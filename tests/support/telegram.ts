import type { Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import { getActiveTest } from '@japa/runner'
import type { Clock } from '#foundation/clock'
import { Lease } from '#foundation/db/lease'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { givePass } from '#chat/one_use_keys'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { TelegramServer } from '#demo/telegram/telegram_server'
import type { Person, PlayChat } from '#demo/telegram/world'
import { BotApiClient } from '#telegram/bot_api/bot_api_client'
import { Answers } from '#telegram/polling/answers'
import { rememberBot } from '#telegram/polling/bot_row'
import { Poller } from '#telegram/polling/poller'
import { TelegramLog } from '#telegram/polling/telegram_log'
import { ChatSender } from '#telegram/sending/chat_sender'
import { TelegramChannel } from '#telegram/sending/telegram_channel'
import { telegram } from '#telegram/sending/telegram_subscribers'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { YieldingClock } from '#tests/support/settable_clock'
import { sendRound } from '#tests/support/wechat_sending'

/** Short sleeps let their time pass, as messages to many chats wait for each other; long ones are over at once. */
export class PacedClock extends YieldingClock {
  override async sleep(ms = 0) {
    if (ms < 1000) this.pass(ms)
    await super.sleep()
  }
}

/** A play server of Telegram for the running test. */
export async function startTelegram(clock: Pick<Clock, 'now'> = new PacedClock()) {
  const server = await TelegramServer.start({ clock })
  getActiveTest()?.cleanup(() => server.stop())
  return server
}

/** A client for it, closed when the test ends. */
export function telegramClient({ url, world }: TelegramServer, token = world.bot.token) {
  const client = new BotApiClient({ url, token })
  getActiveTest()?.cleanup(() => client.close())
  return client
}

/** What a process of `send:telegram` has, a turn at a time, by a clock that tests move. */
export async function telegramProcess(
  server: TelegramServer,
  clock: YieldingClock,
  to: Logger = logger
) {
  const client = telegramClient(server)
  const { id, username } = server.world.bot
  const lease = new Lease(`telegram:${id}`)
  await lease.acquire(clock.now())
  const log = new TelegramLog(to)
  const onFault = fail
  const sender = new ChatSender({ client, clock, onFault })
  const answers = new Answers({ client, sender, clock, log, botId: id, username })
  const next = await rememberBot({ id, username }, clock.now())
  const poller = new Poller({ client, bot: { id, lease }, clock, log, onStored: () => {} }, next)
  const channel = new TelegramChannel({ sender, clock, onFault })
  const poll = () => poller.turn(new AbortController().signal)
  return {
    client,
    lease,
    sender,
    answers,
    channel,
    poll,
    /** Takes what people have done, and answers it. */
    async hear() {
      await poll()
      await this.answerAll()
    },
    async answerAll() {
      answers.take()
      await answers.idle()
    },
  }
}

/** Telegram with one process, and a person who has an account with Pro. */
export async function telegramStand({ clock = new PacedClock() } = {}) {
  const server = await startTelegram(clock)
  const { world } = server
  const process = await telegramProcess(server, clock)
  const planner = new Planner(clock, NEVER_EXPIRES, [telegram])
  const person = world.addPerson('Lin')
  const profile = { language: 'en', timeZone: 'UTC', createdAt: 0, updatedAt: 0 }
  const { id: userId } = await User.create({ ...profile, walletAddress: someAddress() })
  await givePro(userId, clock)

  const open = async (group?: PlayChat, by: Person = person, of = userId) => {
    const code = await givePass('telegram', of, clock)
    const parameter = group ? 'startgroup' : 'start'
    world.openLink(`https://t.me/${world.bot.username}?${parameter}=${code}`, by, group)
    await process.hear()
    return code
  }
  return {
    clock,
    server,
    world,
    process,
    person,
    userId,
    open,
    chat: world.chatOf(person),
    /** The person opens the link, and what is answered is over. */
    async bind(group?: PlayChat) {
      await open(group)
      clock.pass(10_000)
      const chatId = group?.id ?? person.id
      return TelegramChat.query().where({ chat_id: chatId, status: 'active' }).firstOrFail()
    },
    /** The person writes, and what is answered is the last text of the chat. */
    async say(text: string, group?: PlayChat, by: Person = person) {
      const chat = group ?? world.chatOf(by)
      const before = world.texts(chat).length
      world.say(by, text, group)
      await process.hear()
      clock.pass(3000)
      return world.texts(chat).slice(before).at(-1) ?? null
    },
    /** A launch that happens now. */
    launch: (columns: object = {}) =>
      storeLaunch({
        kind: 'graduated',
        event_time: clock.now(),
        created_at: clock.now(),
        ...columns,
      }),
    plan: () => planner.plan(),
    /** Plans, and sends what may be sent at this moment. */
    async round(channel = process.channel) {
      await planner.plan()
      await sendRound(channel, clock)
    },
  }
}

function fail(error: Error) {
  throw error
}
