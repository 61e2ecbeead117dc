import { getActiveTest } from '@japa/runner'
import { systemClock, type Clock } from '#foundation/clock'
import { Random } from '#demo/market/random'
import { ILinkServer } from '#demo/wechat/ilink_server'
import type { Person } from '#demo/wechat/world'
import { ILinkClient } from '#wechat/ilink/client'
import type { Bot } from '#wechat/ilink/wire'

/** Short enough for a test to see the end of a hold, in milliseconds. */
const HOLD_MS = 50

/** A play server of WeChat for the running test. Polls are held for 50 ms unless the test says more. */
export async function startILink({ clock = systemClock, seed = 1 } = {}): Promise<ILinkServer> {
  const server = await ILinkServer.start({ clock, random: new Random(seed) })
  server.world.knobs.holdMs = HOLD_MS
  server.world.knobs.loginHoldMs = HOLD_MS
  getActiveTest()?.cleanup(() => server.stop())
  return server
}

/** A client for it, closed when the test ends. */
export function ilinkClient(server: ILinkServer, clock: Clock = systemClock): ILinkClient {
  const allowedHosts = [server.secondHost]
  const client = new ILinkClient({ url: server.url, allowedHosts, botAgent: 'test/1', clock })
  getActiveTest()?.cleanup(() => client.close())
  return client
}

/** A person who has scanned already, and what speaks for their bot. */
export function boundPerson({ world, url }: ILinkServer, name = 'Lin'): [Person, Bot] {
  const person = world.addPerson(name)
  const { token: botToken } = world.bind(person)
  return [person, { baseUrl: url, botToken }]
}
