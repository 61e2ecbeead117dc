/** A request as a platform sees it. */
export interface RobotCall {
  url: URL
  body: any
}

export interface RobotReply {
  status: number
  headers?: Record<string, string>
  body: unknown
}

/** A group with a robot in it, and what its members see. */
export class PlayGroup {
  /** What the robot has said, as it was sent. */
  readonly shown: string[] = []
  /** Messages that woke everybody, or were formatted by what a name holds. */
  readonly abused: string[] = []
  /** Refusals, by their codes. */
  readonly refusals: (number | string)[] = []
  isGone = false
  /** The secret that requests are signed with; null: none is asked for. */
  secret: string | null = null
  /** Telegram: the chat that the robot speaks in. */
  chatId = '-1001'
  #times: number[] = []
  #silentUntil = 0

  /**
   * Whether a message of now is one too many.
   *
   * @param limit of so many in so many milliseconds
   * @param silenceMs how long nothing is taken after that, in milliseconds
   */
  isTooFast(now: number, [requests, perMs]: [number, number], silenceMs = 0): boolean {
    this.#times = this.#times.filter((at) => at > now - perMs)
    if (this.#times.length >= requests) this.#silentUntil = now + silenceMs
    const isOver = this.#times.length >= requests || now < this.#silentUntil
    if (!isOver) this.#times.push(now)
    return isOver
  }

  show(text: string, isAbused: boolean) {
    this.shown.push(text)
    if (isAbused) this.abused.push(text)
  }

  refuse(code: number | string, reply: RobotReply): RobotReply {
    this.refusals.push(code)
    return reply
  }
}
