/** How much of what all lanes share may be in use at once. */
export interface BudgetLimits {
  /** Requests under way. */
  requests: number
  /** Bytes of their bodies. */
  bytes: number
}

/** How long requests may be prepared before everything else has its turn, in milliseconds. */
const TURN_MS = 10

/** The part that is spared for lanes that use few. */
const SPARED = 0.25
const FEW: BudgetLimits = { requests: 2, bytes: 65_536 }

/**
 * What all lanes of a process share: sockets, memory and the event loop. A lane has to leave as much
 * free as it uses itself, so one that uses much gets less the more others there are; and a quarter is left
 * for those that use next to nothing, so that there is room for one more that begins.
 */
export class Budget {
  readonly #limits: BudgetLimits
  readonly #turnMs: number
  readonly #used = { requests: 0, bytes: 0 }
  /** Shares that were refused, in the order in which they asked. */
  readonly #waiting = new Set<BudgetShare>()
  /** By `performance.now()`; null until the first request of a turn is prepared. */
  #turnEndsAt: number | null = null
  #isPaused = false

  constructor(limits: BudgetLimits, turnMs = TURN_MS) {
    this.#limits = limits
    this.#turnMs = turnMs
  }

  /** @param onRoom is called when a request may begin that was refused */
  share(onRoom: () => void): BudgetShare {
    return new BudgetShare(this, onRoom)
  }

  /** Lets nothing begin for so many milliseconds: this machine lacks something. */
  pause(ms: number) {
    if (this.#isPaused) {
      return
    }
    this.#isPaused = true
    setTimeout(() => {
      this.#isPaused = false
      this.#letWaitingBegin()
    }, ms).unref()
  }

  /** Whether a request of this share may begin. If not, it is told when it may. */
  admits(share: BudgetShare): boolean {
    if (this.#hasRoom(share)) {
      this.#waiting.delete(share)
      return true
    }
    this.#waiting.add(share)
    return false
  }

  use(bytes: number) {
    this.#used.requests++
    this.#used.bytes += bytes
  }

  free(bytes: number) {
    this.#used.requests--
    this.#used.bytes -= bytes
    this.#letWaitingBegin()
  }

  forget(share: BudgetShare) {
    this.#waiting.delete(share)
  }

  #hasRoom({ used }: BudgetShare): boolean {
    const { requests, bytes } = this.#limits
    return (
      !this.#isPaused &&
      isWithin(used.requests, requests - this.#used.requests, requests, FEW.requests) &&
      isWithin(used.bytes, bytes - this.#used.bytes, bytes, FEW.bytes) &&
      this.#isInTurn()
    )
  }

  #isInTurn(): boolean {
    const now = performance.now()
    if (this.#turnEndsAt === null) {
      this.#turnEndsAt = now + this.#turnMs
      setImmediate(() => {
        this.#turnEndsAt = null
        this.#letWaitingBegin()
      })
    }
    return now < this.#turnEndsAt
  }

  #letWaitingBegin() {
    if (this.#waiting.size === 0) {
      return
    }
    for (const share of [...this.#waiting].filter((one) => this.#hasRoom(one))) {
      this.#waiting.delete(share)
      share.onRoom()
    }
  }
}

function isWithin(own: number, free: number, limit: number, few: number): boolean {
  return own < free - limit * SPARED || (own < few && free > 0)
}

/** What one lane uses of the budget. */
export class BudgetShare {
  readonly used: BudgetLimits = { requests: 0, bytes: 0 }
  readonly #budget: Budget
  readonly onRoom: () => void

  constructor(budget: Budget, onRoom: () => void) {
    this.#budget = budget
    this.onRoom = onRoom
  }

  /** Whether a request may begin. If not, `onRoom` is called when it may. */
  get admits(): boolean {
    return this.#budget.admits(this)
  }

  /** A request begins whose body has so many bytes; `end` must follow. */
  begin(bytes: number) {
    this.used.requests++
    this.used.bytes += bytes
    this.#budget.use(bytes)
  }

  end(bytes: number) {
    this.used.requests--
    this.used.bytes -= bytes
    this.#budget.free(bytes)
  }

  /** Nothing more begins. */
  close() {
    this.#budget.forget(this)
  }
}
