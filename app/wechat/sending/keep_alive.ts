import type { Clock } from '#foundation/clock'
import { inRound } from '#foundation/rounds'
import { readAddressee } from '#wechat/sending/addressee'
import { composeKeepAlive } from '#wechat/sending/compose'
import { readGateInputs } from '#wechat/sending/gate_inputs'
import type { MessageSender } from '#wechat/sending/message_sender'
import { keepAliveTime } from '#wechat/sending/next_push'

/** How often to look whom to ask, in milliseconds. */
const ROUND_MS = 60_000

interface KeepAliveParts {
  sender: MessageSender
  /** The name under which this process polls bindings. */
  owner: string
  clock: Clock
  onFault: (error: Error) => void
}

/**
 * Asks users to write before their window ends, once in each. Where something waits to be told, the
 * digest that tells it asks as well.
 */
export class KeepAlive {
  readonly #parts: KeepAliveParts

  constructor(parts: KeepAliveParts) {
    this.#parts = parts
  }

  /** Works until `signal` aborts. */
  async run(signal: AbortSignal) {
    const { clock, onFault } = this.#parts
    while (!signal.aborted) {
      try {
        await inRound(() => this.round(signal))
      } catch (error) {
        onFault(error as Error)
      }
      await clock.sleep(ROUND_MS, signal)
    }
  }

  /** Asks all for whom it is time. */
  async round(signal?: AbortSignal) {
    const { owner, clock } = this.#parts
    const now = clock.now()
    const inputs = await readGateInputs(owner, null, now)
    const due = inputs.filter(
      ({ binding, waiting, wish }) =>
        waiting.events === 0 && keepAliveTime(binding, wish, now) <= now
    )
    for (const { binding } of due) {
      if (signal?.aborted) return
      await this.#ask(binding.id)
    }
  }

  async #ask(bindingId: number) {
    const { sender, owner, clock } = this.#parts
    const addressee = await readAddressee(bindingId, owner, clock.now())
    if (addressee && addressee.silence === null) {
      await sender.send(addressee.binding, await composeKeepAlive(addressee))
    }
  }
}
