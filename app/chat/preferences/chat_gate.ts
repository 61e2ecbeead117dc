import type { Gate } from '#delivery/channel'
import type { Hold } from '#models/reasons'
import type { Silence } from '#chat/preferences/quiet_hours'

/** Why and until when a user is sent nothing over one way, as it was last found. */
export class ChatGate implements Gate {
  #silence: Silence | null = null
  #pausedUntil = 0

  get opensAt() {
    return Math.max(this.#silence?.until ?? 0, this.#pausedUntil)
  }

  get hold(): Hold | null {
    return this.#silence?.reason ?? null
  }

  set(silence: Silence | null, pausedUntil: number) {
    this.#silence = silence
    this.pauseUntil(pausedUntil)
  }

  /** Keeps it closed until a time, in epoch milliseconds; what waits is then sent in one message. */
  pauseUntil(time: number) {
    this.#pausedUntil = Math.max(this.#pausedUntil, time)
  }
}
