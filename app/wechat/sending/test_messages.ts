import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'
import { readAddressee } from '#wechat/sending/addressee'
import { composeTest } from '#wechat/sending/compose'
import type { MessageSender } from '#wechat/sending/message_sender'
import { bindingsToTest, requestedTest } from '#wechat/sending/requested_test'

/** How often to look for tests that users have asked for, in milliseconds. */
const ROUND_MS = 1000

interface TestMessagesParts {
  sender: MessageSender
  /** The name under which this process polls bindings. */
  owner: string
  clock: Clock
  onFault: (error: Error) => void
}

/** Sends the test messages that users have asked for, each when the gate of its binding allows. */
export class TestMessages {
  readonly #parts: TestMessagesParts

  constructor(parts: TestMessagesParts) {
    this.#parts = parts
  }

  /** Works until `signal` aborts. */
  async run(signal: AbortSignal) {
    const { clock, onFault } = this.#parts
    await every(ROUND_MS, () => this.round(), { clock, signal, onError: onFault })
  }

  /** Sends all whose time has come. */
  async round() {
    const { sender, owner, clock } = this.#parts
    const now = clock.now()
    for (const binding of await bindingsToTest(owner, now)) {
      const test = await requestedTest(binding, now)
      const isDue = test?.state === 'waiting' && test.goesAt! <= now
      const addressee = isDue ? await readAddressee(binding.id, owner, now) : null
      if (addressee) {
        await sender.send(addressee.binding, composeTest(addressee))
      }
    }
  }
}
