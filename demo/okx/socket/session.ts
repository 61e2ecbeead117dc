import { randomBytes } from 'node:crypto'
import type { AccountEvent } from '#demo/okx/ledger/account'
import {
  BY_TYPE,
  CHANNELS,
  COUNTED,
  isRegular,
  keyOf,
  snapshotOf,
  told,
  type ChannelArgument,
  type Told,
} from '#demo/okx/socket/channels'
import { Allowance } from '#demo/okx/allowance'
import { LateMessages } from '#demo/okx/socket/late_messages'
import { logIn } from '#demo/okx/socket/login'
import { CLOSES, LOGIN_FAILURES, SocketRefusal } from '#demo/okx/socket/socket_refusal'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Venue } from '#demo/okx/venue'
import type { SocketKind, VenueConnection } from '#demo/okx/venue_connection'

/** The other end of a connection. */
export interface Wire {
  send(text: string): void
  close(code: number, reason: string): void
  /** Cuts it without a word. */
  terminate(): void
}

/** The longest message that is read, in characters. */
const LONGEST = 65_536

const HOUR_MS = 3_600_000

/** One connection: it logs in, subscribes, and is told. */
export class Session implements VenueConnection {
  readonly connId = randomBytes(4).toString('hex')
  readonly kind: SocketKind
  account: VenueAccount | null = null
  isSilent = false
  /** When it will be cut, in epoch milliseconds. */
  cutAt = Infinity
  readonly #venue: Venue
  readonly #wire: Wire
  readonly #host: string
  readonly #subscriptions = new Map<string, ChannelArgument>()
  readonly #late: LateMessages
  readonly #operations: Allowance
  #lastTrafficAt: number
  #refreshedAt: number

  /** @param url what the client opened */
  constructor(venue: Venue, wire: Wire, url: URL) {
    this.#venue = venue
    this.#wire = wire
    this.#host = url.hostname
    this.kind = (url.pathname.split('/').pop() ?? '') as SocketKind
    this.#late = new LateMessages(venue, (text) => this.#send(text))
    this.#operations = new Allowance(() => venue.knobs.operationsPerHour, HOUR_MS)
    this.#lastTrafficAt = venue.now()
    this.#refreshedAt = venue.now()
  }

  has(channel: string): boolean {
    return [...this.#subscriptions.values()].some((argument) => argument.channel === channel)
  }

  receive(text: string) {
    if (this.isSilent) return
    this.#lastTrafficAt = this.#venue.now()
    if (text === 'ping') {
      if (this.#venue.knobs.answersPing) this.#send('pong')
      return
    }
    if (text.length > LONGEST) return this.close('tooBig')
    let id: unknown
    try {
      const request = parsed(text)
      id = request.id
      this.#carryOut(request, text)
    } catch (error) {
      if (!(error instanceof SocketRefusal)) throw error
      const { code, message: msg } = error
      this.#say({ ...(id !== undefined && { id }), event: 'error', msg, code })
      if (LOGIN_FAILURES.has(code)) this.close('loginFailed')
    }
  }

  tell(event: AccountEvent) {
    for (const argument of this.#subscriptions.values()) {
      const message = told(this.account!.ledger, event, argument, this.#venue.now())
      if (message) this.#push(argument, message)
    }
  }

  broadcast(channel: string, message: Told) {
    for (const argument of this.#subscriptions.values()) {
      if (argument.channel === channel) this.#push(argument, message)
    }
  }

  announceUpgrade(afterMs: number) {
    this.cutAt = this.#venue.now() + afterMs
    // The business endpoint cuts without a warning.
    if (this.kind !== 'business') this.#say({ event: 'notice', code: '64008', msg: UPGRADE })
  }

  tick() {
    const now = this.#venue.now()
    if (now >= this.cutAt) return this.cut()
    const isIdle = now - this.#lastTrafficAt >= this.#venue.knobs.idleMs
    if (this.isSilent) return isIdle ? this.leave() : undefined
    this.#late.send(now)
    if (isIdle) return this.close('idle')
    if (now - this.#refreshedAt >= this.#venue.knobs.refreshMs) this.#refresh(now)
  }

  /** The client has gone. */
  leave() {
    this.#venue.leave(this)
  }

  close(why: keyof typeof CLOSES) {
    this.#venue.leave(this)
    this.#wire.close(CLOSES[why][0], CLOSES[why][1])
  }

  cut() {
    this.#venue.leave(this)
    this.#wire.terminate()
  }

  #carryOut({ op, args, id }: Record<string, unknown>, text: string) {
    if (!Array.isArray(args) || args.length === 0) throw new SocketRefusal('60012', text)
    if (!this.#operations.mayDo(this.#venue.now())) throw new SocketRefusal('60014')
    switch (op) {
      case 'login':
        if (this.account) throw new SocketRefusal('60031')
        this.account = logIn(this.#venue, this.#host, args[0])
        return this.#say({ event: 'login', code: '0', msg: '' })
      case 'subscribe':
        return args.forEach((argument: ChannelArgument) => this.#subscribe(argument, id))
      case 'unsubscribe':
        return args.forEach((arg: ChannelArgument) => {
          this.#subscriptions.delete(keyOf(arg))
          this.#say({ event: 'unsubscribe', arg })
        })
      default:
        throw new SocketRefusal('60019', String(op))
    }
  }

  #subscribe(argument: ChannelArgument, id: unknown) {
    const { channel, instType } = argument
    if (!(CHANNELS[this.kind] ?? []).includes(channel)) throw new SocketRefusal('60018', channel)
    if (this.kind !== 'public' && !this.account) throw new SocketRefusal('60011')
    if (BY_TYPE.has(channel) && !instType) throw new SocketRefusal('60013')
    if (channel === 'fills') throw new SocketRefusal('64003')

    this.#say({ ...(id !== undefined && { id }), event: 'subscribe', arg: argument })
    if (COUNTED.has(channel) && !this.#isWithinCount(channel)) return
    this.#subscriptions.set(keyOf(argument), argument)
    if (this.account) this.#pushSnapshot(argument)
  }

  /** The acknowledgement comes first, and is none when an error of the count follows it. */
  #isWithinCount(channel: string): boolean {
    const { knobs } = this.#venue
    const others = this.#venue
      .sessionsOf(this.account!)
      .filter((one) => one !== this && one.has(channel))
    const fits = others.length < knobs.connectionsPerChannel
    const event = fits ? 'channel-conn-count' : 'channel-conn-count-error'
    this.#say({ event, channel, connCount: String(others.length + Number(fits)) })
    return fits
  }

  #refresh(now: number) {
    this.#refreshedAt = now
    for (const argument of this.#subscriptions.values()) {
      if (isRegular(argument)) this.#pushSnapshot(argument)
    }
  }

  #pushSnapshot(argument: ChannelArgument) {
    const { ledger } = this.account!
    const { knobs } = this.#venue
    for (const page of snapshotOf(ledger, argument, this.#venue.now(), knobs.snapshotPage)) {
      this.#push(argument, page)
    }
  }

  #push(argument: ChannelArgument, message: Told) {
    const uid = this.account && { uid: this.account.ledger.uid }
    const { extraParams, ...arg } = argument
    if (!this.isSilent) this.#late.pass({ arg: { ...arg, ...uid }, ...message })
  }

  #say(message: Record<string, unknown>) {
    this.#send(JSON.stringify({ ...message, connId: this.connId }))
  }

  #send(text: string) {
    if (this.isSilent) return
    this.#lastTrafficAt = this.#venue.now()
    this.#wire.send(text)
  }
}

const UPGRADE = 'The connection will soon be closed for a service upgrade. Please reconnect.'

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    throw new SocketRefusal('60012', text)
  }
}
