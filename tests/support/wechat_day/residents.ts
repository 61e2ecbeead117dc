import { type Random } from '#demo/market/random'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import type { PlayBot } from '#demo/wechat/play_bot'
import type { Person } from '#demo/wechat/world'
import { givePro } from '#tests/support/plans'
import type { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'
import { wantCreated } from '#tests/support/wechat_sending'

const H = 3_600_000

/** Which creations a user wants by themselves. */
export type Wish = 'none' | 'named' | 'all'

/** A user with a phone, and what they do all day. */
export interface Resident {
  bindingId: number
  person: Person
  bot: PlayBot
  wish: Wish
  /** What is written next, and when, in epoch milliseconds. */
  says: string
  writesAt: number
  /** How long until the user writes again, in milliseconds; null: never of their own accord. */
  writesEveryMs: number | null
}

/**
 * Stores users with bindings, of whom one in five picks creations by a name, and the first of each fifty
 * all. Some write every few hours and some never; the first of each twenty mutes after six hours.
 */
export async function settle(server: ILinkServer, count: number, clock: SettableClock) {
  const residents: Resident[] = []
  for (let index = 0; index < count; index++) {
    const person = server.world.addPerson(`Person ${index}`)
    const bot = server.world.bind(person)
    const { id: bindingId, userId } = await storeBinding({
      userWxId: person.id,
      botId: bot.id,
      accountId: bot.id,
      botToken: bot.token,
      baseUrl: server.url,
      boundAt: clock.now(),
    })
    for (let days = 0; days < 3; days++) {
      await givePro(userId, clock, index % 3 === 0 ? 'yearly' : 'monthly')
    }
    const wish: Wish = index % 5 > 0 ? 'none' : index % 50 > 0 ? 'named' : 'all'
    if (wish !== 'none') await wantCreated(userId, wish === 'all' ? '1 == 1' : 'name:pepe')
    const mutes = index % 20 === 0
    const writesEveryMs = mutes ? null : [null, 2 * H, 5 * H, 9 * H][index % 4]!
    residents.push({
      bindingId,
      person,
      bot,
      wish,
      writesEveryMs,
      says: mutes ? '/mute' : '/list',
      writesAt: clock.now() + (mutes ? 6 * H : (writesEveryMs ?? Infinity)),
    })
  }
  return residents
}

/** The user writes what they were going to, and thinks of the next time. */
export function write(resident: Resident, server: ILinkServer, random: Random, now: number) {
  server.world.say(resident.person, { text: resident.says })
  const { writesEveryMs } = resident
  resident.writesAt =
    writesEveryMs === null ? Infinity : now + writesEveryMs * random.between(0.5, 1.5)
  resident.says = random.pick(['/status', '谢谢', '/list', '/mute 1h', '/unmute'])
}
