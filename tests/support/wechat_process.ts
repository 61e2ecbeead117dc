import logger from '@adonisjs/core/services/logger'
import { getActiveTest } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { channels } from '#start/channels'
import { sendWechat } from '#wechat/polling/send_wechat'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import { settings, until } from '#tests/support/delivery'
import { ilinkClient } from '#tests/support/ilink'
import { storeBinding } from '#tests/support/wechat_bindings'

/** Polls, answers and sends inside the test, until the test ends or `stop` is called. */
export function startWechat(server: ILinkServer, clock = systemClock) {
  const stopping = new AbortController()
  const client = ilinkClient(server, clock)
  const running = sendWechat(settings, logger, stopping.signal, { channels, client, clock })
  const stop = async () => {
    stopping.abort()
    await running
  }
  getActiveTest()?.cleanup(stop)
  return { stop }
}

/** A person on the play server whose bot is bound to a new user. */
export async function bindPerson({ world, url }: ILinkServer, name = 'Lin') {
  const person = world.addPerson(name)
  const bot = world.bind(person)
  const binding = await storeBinding({
    userWxId: person.id,
    botId: bot.id,
    accountId: bot.id,
    botToken: bot.token,
    baseUrl: url,
  })
  const shown = () => person.shown.filter(({ by }) => by === 'bot').map(({ text }) => text)
  return {
    person,
    bot,
    binding,
    shown,
    say: (text: string) => world.say(person, { text }),
    isShown: (count: number) => until(async () => shown().length >= count),
  }
}
