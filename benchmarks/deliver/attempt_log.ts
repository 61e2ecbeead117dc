import { systemClock } from '#foundation/clock'

/** How long outcomes gather before they are written together, in milliseconds: as long as Regou's. */
const GATHER_MS = 50

/** What a contender keeps of an attempt, as Regou does. */
export interface LoggedAttempt {
  eventId: string
  /** Epoch milliseconds. */
  startedAt: number
  durationMs: number
  status: number
}

/** Gathers attempts and has them written in batches: one by one would be slower. */
export class AttemptLog {
  readonly #write: (attempts: readonly LoggedAttempt[]) => unknown
  #gathered: LoggedAttempt[] = []
  #writing?: Promise<void>

  constructor(write: (attempts: readonly LoggedAttempt[]) => unknown) {
    this.#write = write
  }

  add(attempt: LoggedAttempt) {
    this.#gathered.push(attempt)
    this.#writing ??= this.#writeSoon()
  }

  async #writeSoon() {
    while (this.#gathered.length > 0) {
      await systemClock.sleep(GATHER_MS)
      await this.#write(this.#gathered.splice(0))
    }
    this.#writing = undefined
  }
}
