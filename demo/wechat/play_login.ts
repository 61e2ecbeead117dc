import type { Knobs } from '#demo/wechat/knobs'
import type { PlayBot } from '#demo/wechat/play_bot'
import type { PlayClock } from '#demo/wechat/play_clock'
import { Waiting } from '#demo/wechat/waiting'

/** The protocol's words for how far a login is. */
export type LoginStatus =
  | 'wait'
  | 'scaned'
  | 'need_verifycode'
  | 'verify_code_blocked'
  | 'scaned_but_redirect'
  | 'binded_redirect'
  | 'confirmed'
  | 'expired'

interface LoginOptions {
  key: string
  /** What the page draws. */
  content: string
  /** Tokens of earlier bots that the page named. */
  knownTokens: readonly string[]
  /** What the phone shows where digits are asked for. */
  digits: string
  knobs: Knobs
  clock: PlayClock
}

/** A code on a page, and what a phone did with it. */
export class PlayLogin {
  readonly key: string
  readonly content: string
  readonly knownTokens: readonly string[]
  readonly digits: string
  readonly startedAt: number
  readonly waiting = new Waiting()
  readonly #knobs: Knobs
  readonly #clock: PlayClock
  #status: LoginStatus = 'wait'
  #told: LoginStatus = 'wait'
  #wrong = 0
  #redirectedTo: string | null = null
  /** Who scanned it. */
  personId: string | null = null
  /** Set when it was confirmed. */
  bot: PlayBot | null = null

  constructor({ key, content, knownTokens, digits, knobs, clock }: LoginOptions) {
    this.key = key
    this.content = content
    this.knownTokens = knownTokens
    this.digits = digits
    this.#knobs = knobs
    this.#clock = clock
    this.startedAt = clock.now()
  }

  get status(): LoginStatus {
    const isOpen = !['confirmed', 'binded_redirect', 'verify_code_blocked'].includes(this.#status)
    return isOpen && this.#clock.now() >= this.expiresAt ? 'expired' : this.#status
  }

  get expiresAt(): number {
    return this.startedAt + this.#knobs.codeLifeMs
  }

  /** The host that it was sent on to, for an answer `scaned_but_redirect`. */
  get redirectedTo(): string | null {
    return this.#redirectedTo
  }

  /** Answers what the phone says: nothing happens where that is "expired". */
  scan(personId: string, redirectedTo: string | null): 'scanned' | 'digits' | 'expired' {
    if (this.status !== 'wait' || this.#knobs.scanIsLost) {
      return 'expired'
    }
    this.personId = personId
    this.#redirectedTo = redirectedTo
    this.#move(this.#knobs.asksForDigits ? 'need_verifycode' : 'scaned')
    return this.#knobs.asksForDigits ? 'digits' : 'scanned'
  }

  /** Whether the phone may confirm now. */
  get mayConfirm(): boolean {
    return this.status === 'scaned'
  }

  /** The person is bound to one of the tokens that the page named: it gets no other. */
  findBound() {
    this.#move('binded_redirect')
  }

  confirm(bot: PlayBot) {
    this.bot = bot
    this.#move('confirmed')
  }

  /** The page sends digits: wrong ones are asked for again, until there were too many. */
  enter(digits: string) {
    if (this.status !== 'need_verifycode') {
      return
    }
    if (digits === this.digits) {
      this.#move('scaned')
      return
    }
    this.#wrong++
    this.#told = 'wait'
    if (this.#wrong >= this.#knobs.wrongDigits) {
      this.#move('verify_code_blocked')
    }
  }

  /**
   * The status, once it is another one than told last; after the hold, whatever it is.
   *
   * @param host where it is asked for
   */
  async poll(host: string, signal: AbortSignal): Promise<LoginStatus> {
    const news = () => {
      const status = this.#statusAt(host)
      return status === this.#told ? null : status
    }
    const status =
      (await this.waiting.hold(news, this.#knobs.loginHoldMs, signal)) ?? this.#statusAt(host)
    this.#told = status
    return status
  }

  #statusAt(host: string): LoginStatus {
    const isElsewhere = this.#redirectedTo !== null && this.#redirectedTo !== host
    return isElsewhere && this.status !== 'expired' ? 'scaned_but_redirect' : this.status
  }

  #move(status: LoginStatus) {
    this.#status = status
    this.waiting.tick()
  }
}
