import type { Logger } from '@adonisjs/core/logger'
import { getActiveTest } from '@japa/runner'
import User from '#models/user'
import type WechatQrLogin from '#models/wechat_qr_login'
import type { ILinkServer } from '#demo/wechat/ilink_server'
import { startLogin } from '#wechat/binding/qr_login'
import { LoginFollower } from '#wechat/binding/login_follower'
import { ilinkClient, startILink } from '#tests/support/ilink'
import { someAddress } from '#tests/support/facts'
import { YieldingClock } from '#tests/support/settable_clock'

export type BindingStand = Awaited<ReturnType<typeof bindingStand>>

/** A play server, a user, a person with a phone, and a process that follows logins. */
export async function bindingStand() {
  const clock = new YieldingClock()
  const server = await startILink({ clock })
  const client = ilinkClient(server, clock)
  const warnings: string[] = []
  const logger = {
    warn: (text: unknown) => warnings.push(String(text)),
    error: (text: unknown) => warnings.push(String(text)),
  } as unknown as Logger
  const tools = { client, clock, logger }
  const newFollower = () => {
    const follower = new LoginFollower(tools)
    getActiveTest()?.cleanup(() => follower.stop())
    return follower
  }
  const follower = newFollower()
  const user = await someUser()
  const person = server.world.addPerson('Lin')

  return {
    clock,
    server,
    client,
    tools,
    warnings,
    user,
    person,
    newFollower,
    /** A user asks for a code, and it is followed. */
    async start(owner = user) {
      const login = await startLogin(owner.id, tools)
      follower.follow(login.id)
      return login
    },
    settled: () => follower.settled(),
  }
}

export function someUser(): Promise<User> {
  return User.create({ walletAddress: someAddress(), createdAt: 0, updatedAt: 0 })
}

/** What the server knows of the code that a login shows now. */
export function codeOf({ world }: ILinkServer, { qrKey }: WechatQrLogin) {
  return world.logins.get(qrKey)!
}

/** So many looks are enough on any machine: each gives way to whatever else there is to do. */
const MOST_LOOKS = 20_000

/** Waits for something that a follower stores. */
export async function until(condition: () => Promise<boolean>) {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('what was waited for did not happen')
}
