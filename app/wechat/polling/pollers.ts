import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { inRound } from '#foundation/rounds'
import WechatBotBinding from '#models/wechat_bot_binding'
import { Poller, type PollerParts } from '#wechat/polling/poller'
import type { HeldBinding, PollingLease } from '#wechat/polling/polling_lease'

/** The time between two looks at which bindings are this process's, in milliseconds. */
const ROUND_MS = 1000

/** The time between two writes of the positions of idle polls, in milliseconds. */
const STORE_IDLE_MS = 10_000

/** Polls begin one after the other at a start: a handshake each, and none at the same moment. */
const BETWEEN_STARTS_MS = 20

interface Running {
  fence: number
  stop: () => Promise<void>
}

interface PollersParts extends Omit<PollerParts, 'owner'> {
  lease: PollingLease
  /** Is called with each binding that is polled from now on, before its first poll. */
  onStart: (binding: WechatBotBinding) => void
}

/** Polls for exactly those bindings that the lease gives this process, and shares with others. */
export class Pollers {
  readonly #parts: PollersParts
  readonly #clock: Clock
  readonly #running = new Map<number, Running>()
  #idleStoredAt = 0

  constructor(parts: PollersParts) {
    this.#parts = parts
    this.#clock = parts.clock
  }

  /** Works until `signal` aborts; then every poll is over. The lease is kept: answers may be under way. */
  async run(signal: AbortSignal) {
    const { lease, idle, log } = this.#parts
    while (!signal.aborted) {
      try {
        await inRound(() => this.round())
      } catch (error) {
        log.fault(error as Error)
        if (lease.isOver) await this.#stop([...this.#running.keys()])
      }
      await this.#clock.sleep(ROUND_MS, signal)
    }
    await this.#stop([...this.#running.keys()])
    await idle.store().catch((error: Error) => log.fault(error))
  }

  /** Takes free bindings, releases those above its share or of another process, and polls the rest. */
  async round() {
    const { lease, log } = this.#parts
    await lease.keep()
    await this.#storeIdle()

    const held = await lease.held()
    const share = await lease.share()
    const kept = new Map(held.slice(0, share).map((binding) => [binding.id, binding]))
    const isOver = ([id, { fence }]: [number, Running]) => kept.get(id)?.fence !== fence
    await this.#stop([...this.#running].filter(isOver).map(([id]) => id))
    if (held.length > share) {
      await this.#parts.idle.store()
      await lease.giveBack(held.slice(share).map(({ id }) => id))
    }
    await this.#start([...kept.values()].filter(({ id }) => !this.#running.has(id)))
    log.polling(this.#running.size)
  }

  async #storeIdle() {
    const now = this.#clock.elapsed()
    if (now >= this.#idleStoredAt + STORE_IDLE_MS) {
      this.#idleStoredAt = now
      await this.#parts.idle.store()
    }
  }

  async #start(held: readonly HeldBinding[]) {
    for (const [index, { id, fence }] of held.entries()) {
      const binding = await this.#read(id)
      const stop = binding ? this.#poll(binding, index * BETWEEN_STARTS_MS) : async () => {}
      this.#running.set(id, { fence, stop })
    }
  }

  /** Null for one whose token cannot be opened: the others are polled all the same. */
  async #read(id: number): Promise<WechatBotBinding | null> {
    try {
      return await WechatBotBinding.findOrFail(id)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      this.#parts.log.unreadable(id, error)
      return null
    }
  }

  /** Begins to poll, and answers what ends it. */
  #poll(binding: WechatBotBinding, delayMs: number): () => Promise<void> {
    const { lease, onStart, ...parts } = this.#parts
    const stopping = new AbortController()
    const poller = new Poller({ ...parts, owner: lease.owner }, binding)
    onStart(binding)
    const polling = this.#clock
      .sleep(delayMs, stopping.signal)
      .then(() => poller.run(stopping.signal))
      .catch((error: Error) => {
        parts.log.fault(error)
        // The next round begins anew.
        this.#running.delete(binding.id)
      })
    return async () => {
      stopping.abort()
      await polling
    }
  }

  async #stop(ids: readonly number[]) {
    await Promise.all(
      ids.map(async (id) => {
        await this.#running.get(id)?.stop()
        this.#running.delete(id)
      })
    )
  }
}
