import type { Clock } from '#foundation/clock'
import type { Random } from '#demo/market/random'
import { ILinkServer } from '#demo/wechat/ilink_server'
import { serveThePhone } from '#demo/wechat/phone_routes'

/** The play server of WeChat with one person, whose phone is its page. */
export async function startPlayPhone(clock: Clock, random: Random): Promise<ILinkServer> {
  const server = await ILinkServer.start({ clock, random })
  serveThePhone(server, server.world.addPerson('Lin'))
  return server
}
