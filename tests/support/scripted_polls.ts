import logger from '@adonisjs/core/services/logger'
import WechatBotBinding from '#models/wechat_bot_binding'
import { ILinkFailure, type Answer } from '#wechat/ilink/answer'
import type { Updates } from '#wechat/ilink/updates'
import { HostPauses } from '#wechat/polling/host_pauses'
import { IdleCursors } from '#wechat/polling/idle_cursors'
import { Poller } from '#wechat/polling/poller'
import { PollingLease } from '#wechat/polling/polling_lease'
import { PollingLog } from '#wechat/polling/polling_log'
import type { NewMessage } from '#wechat/polling/store_updates'
import { SettableClock } from '#tests/support/settable_clock'
import { storeBinding } from '#tests/support/wechat_bindings'

const IDLE = { kind: 'idle', messages: [], cursor: null, holdMs: null } as const

/** An idle poll that leaves this position. */
export function idleAt(cursor: string): Updates {
  return { ...IDLE, messages: [], cursor }
}

interface Script {
  announced?: Answer
  /** What each poll brings; an error is thrown. After the last one the poller is stopped. */
  polls: (Updates | Error | (() => Promise<Updates>))[]
}

/**
 * Polls for a new binding until the script is over or the poller ends by itself. Answers what it
 * asked for and what it did.
 */
export async function pollAsScripted(script: (binding: WechatBotBinding) => Script) {
  const clock = new SettableClock()
  const lease = new PollingLease(clock)
  const { id } = await storeBinding()
  await lease.keep()
  const binding = await WechatBotBinding.findOrFail(id)
  const { announced = { kind: 'ok', members: {} }, polls } = script(binding)

  const stopping = new AbortController()
  const asked: string[] = []
  const slept: number[] = []
  const answered: NewMessage[] = []
  const idle = new IdleCursors(lease.owner)
  const client = {
    notifyStart: async () => announced,
    getUpdates: async (_bot: unknown, cursor: string) => {
      asked.push(cursor)
      const next = polls[asked.length - 1]
      if (asked.length >= polls.length) stopping.abort()
      if (next === undefined) throw new ILinkFailure('interrupted', 'the script is over')
      if (next instanceof Error) throw next
      return typeof next === 'function' ? next() : next
    },
  }
  const sleeping = {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    sleep: async (ms: number) => void slept.push(ms),
  }
  const poller = new Poller(
    {
      client,
      owner: lease.owner,
      idle,
      clock: sleeping,
      log: new PollingLog(logger),
      pauses: new HostPauses(sleeping, () => 0),
      answer: (_binding, messages) => answered.push(...messages),
    },
    binding
  )
  await poller.run(stopping.signal)
  return { asked, slept, answered, idle, clock, read: () => WechatBotBinding.findOrFail(id) }
}
