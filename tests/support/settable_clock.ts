import { letOthersIn, type Clock } from '#foundation/clock'

/** A clock that only moves when a test moves it. Sleeping is over at once. */
export class SettableClock implements Clock {
  constructor(private time = 1_790_000_000_000) {}

  now() {
    return this.time
  }

  elapsed() {
    return this.time
  }

  async sleep() {}

  /** Lets `ms` milliseconds pass. */
  pass(ms: number) {
    this.time += ms
  }
}

/** Its sleep is over at once too, but lets a server in the same process answer. */
export class YieldingClock extends SettableClock {
  override async sleep() {
    await letOthersIn()
  }
}
