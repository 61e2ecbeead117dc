import { getActiveTest } from '@japa/runner'
import { systemClock, type Clock } from '#foundation/clock'
import { AddressGuard } from '#foundation/net/address_guard'
import { PlayPushService } from '#demo/web_push/play_push_service'
import User from '#models/user'
import { changePreferences } from '#chat/preferences/preferences'
import { newServerSecret, ServerKey } from '#web_push/message/server_key'
import { PushClient } from '#web_push/sending/push_client'
import { WebPushChannel } from '#web_push/sending/web_push_channel'
import { addBrowser, browsersOf } from '#web_push/subscriptions/browsers'
import { someAddress } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'

interface Options<Kind extends WebPushChannel> {
  clock?: Clock
  Channel?: new (...parts: ConstructorParameters<typeof WebPushChannel>) => Kind
}

/** A push service, and a channel to it. Users who are added are told of every launch of Four.meme. */
export async function pushStand<Kind extends WebPushChannel = WebPushChannel>({
  clock = systemClock,
  Channel = WebPushChannel as never,
}: Options<Kind> = {}) {
  const service = await new PlayPushService(clock).listen()
  const key = new ServerKey(newServerSecret(), 'mailto:you@example.com')
  const client = new PushClient(key, new AddressGuard(['127.0.0.0/8']))
  const onFault = (error: Error) => {
    throw error
  }
  const retry = { waits: [10], maxRetries: 1000 }
  const channel = new Channel({ client, clock, retry, onFault })
  getActiveTest()?.cleanup(async () => {
    await channel.close()
    await service.stop()
  })

  /** A browser of a user; without one, of a new user with a plan. */
  async function add(ownerId?: number) {
    const userId = ownerId ?? (await storeUser())
    if (!ownerId) await givePro(userId)
    const switches = { 'four.created': '1 == 1' }
    await changePreferences(userId, () => ({ switches }), clock)
    const { endpoint, keys } = service.subscribe(key.publicKey)
    const names = { browser: 'Chrome', system: 'Android' }
    await addBrowser(
      { userId, subscription: { endpoint, ...keys }, serverKey: key.publicKey, ...names },
      [service.host],
      { now: () => 0 }
    )
    const [browser] = await browsersOf(userId)
    return browser!
  }
  return { service, channel, key, add }
}

async function storeUser(): Promise<number> {
  const times = { createdAt: 0, updatedAt: 0 }
  const { id } = await User.create({ walletAddress: someAddress(), language: 'en', ...times })
  return id
}
