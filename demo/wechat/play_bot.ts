import type { Knobs } from '#demo/wechat/knobs'
import type { PlayClock } from '#demo/wechat/play_clock'
import type { Sending } from '#demo/wechat/send_rules'
import { Waiting } from '#demo/wechat/waiting'

/** A message as a poll hands it out. */
export type WireMessage = Record<string, unknown>

interface Queued {
  message: WireMessage
  /** Not handed out before, in epoch milliseconds. */
  from: number
}

interface BotOptions {
  token: string
  id: string
  personId: string
  knobs: Knobs
  clock: PlayClock
}

/** A person's bot, as the server keeps it. */
export class PlayBot {
  readonly token: string
  readonly id: string
  readonly personId: string
  readonly waiting = new Waiting()
  readonly sending: Sending = {
    lastInboundAt: null,
    count: 0,
    sentAt: [],
    pushedAt: [],
    throttledUntil: 0,
  }
  /** `notifystart` came, and no `notifystop` after it. */
  isStarted = false
  /** Accepted messages since the bot was made, before which `notifystart` did not come. */
  sentUnstarted = 0
  /** Its login has run out: it is answered, and told nothing. */
  isLapsed = false
  isTyping = false
  /** Polls so far, those that began while another was held, and when the last one began. */
  polls = 0
  overlappingPolls = 0
  lastPollAt: number | null = null
  readonly #knobs: Knobs
  readonly #clock: PlayClock
  readonly #cache: WireMessage[] = []
  #queue: Queued[] = []
  #deadFrom = Infinity
  #position = 0
  #tokens = 0

  constructor({ token, id, personId, knobs, clock }: BotOptions) {
    this.token = token
    this.id = id
    this.personId = personId
    this.#knobs = knobs
    this.#clock = clock
  }

  get isDead(): boolean {
    return this.#clock.now() >= this.#deadFrom
  }

  get queued(): number {
    return this.#queue.length
  }

  /** From then on every request is answered with -14. */
  die(inMs: number) {
    this.#deadFrom = Math.min(this.#deadFrom, this.#clock.now() + inMs)
    this.waiting.tick()
  }

  newContextToken(): string {
    return Buffer.from(`${this.id}:${++this.#tokens}`).toString('base64')
  }

  /** Puts a message into the queue; it is handed out `inMs` from now at the earliest. */
  queue(message: WireMessage, inMs = 0) {
    this.#queue.push({ message, from: this.#clock.now() + inMs })
    if (inMs === 0) {
      this.waiting.tick()
    } else {
      setTimeout(this.waiting.tick, inMs).unref()
    }
  }

  /**
   * Waits for messages. What is handed out is gone: only the empty position brings it back. Of two
   * polls at once each gets a part.
   *
   * @returns the messages and the next position
   */
  async poll(position: string, signal: AbortSignal): Promise<[WireMessage[], string]> {
    this.polls++
    this.overlappingPolls += Math.sign(this.waiting.count)
    this.lastPollAt = this.#clock.now()
    const take = () => (position === '' && this.#cache.length > 0 ? this.#replay() : this.#take())
    const messages = await this.waiting.hold(take, this.#knobs.holdMs, signal)
    return [messages ?? [], this.#nextPosition()]
  }

  #replay(): WireMessage[] {
    const earlier = [...this.#cache]
    return [...earlier, ...(this.#take() ?? [])]
  }

  #take(): WireMessage[] | null {
    if (this.isDead || this.isLapsed) {
      return []
    }
    const now = this.#clock.now()
    const due = this.#queue.filter(({ from }) => from <= now).map(({ message }) => message)
    this.#queue = this.#queue.filter(({ from }) => from > now)
    this.#cache.push(...due)
    return due.length > 0 ? due : null
  }

  /** Another one each time, also when nothing came. */
  #nextPosition(): string {
    return Buffer.from(`${this.id}:${++this.#position}`).toString('base64')
  }
}
