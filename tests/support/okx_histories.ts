import db from '@adonisjs/lucid/services/db'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { scanOkx } from '#collectors/okx/scan_okx'
import { LocalOkx } from '#demo/okx/local_okx'
import { OkxTrader } from '#demo/okx/trader'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Random } from '#demo/market/random'
import type OkxAccount from '#models/okx_account'
import { quietLogger } from '#tests/support/logged_lines'
import { storeOkxAccount } from '#tests/support/okx'
import { SteppedClock } from '#tests/support/stepped_clock'

type Cleanup = (callback: () => Promise<void>) => void

/** Every connection is back after this time, in milliseconds. */
const UNTIL_LIVE_MS = 300_000

/** One account, at the venue and here. */
export interface Followed {
  at: VenueAccount
  account: OkxAccount
}

/** Lists whose requests fail now and then. */
const LISTS = ['trade/fills', 'trade/orders-history', 'trade/orders-pending', 'account/bills']

/**
 * Accounts of one venue on which everything happens that can, and two processes that follow them, one
 * of which stands by: connections are cut, announced to end or silent, messages come twice, late and
 * out of order, lists lag and fail, and the process at work is stopped short.
 */
export class OkxHistories {
  readonly followed: Followed[] = []
  readonly venues: OkxVenues
  readonly clock = new SteppedClock()
  readonly #okx: LocalOkx
  readonly #trader: OkxTrader
  readonly #random: Random
  readonly #stop = new AbortController()
  #scans: Promise<void>[] = []

  private constructor(random: Random) {
    this.#random = random
    this.#okx = new LocalOkx({ clock: this.clock, random })
    this.venues = new OkxVenues(this.clock, {}, this.#okx.fetch)
    this.#trader = new OkxTrader(this.#okx.venue, this.#okx.venue.accounts, random)
  }

  /** Lets things happen on so many accounts. */
  static async begin(accounts: number, random: Random, cleanup: Cleanup) {
    const histories = new OkxHistories(random)
    for (let n = 0; n < accounts; n++) await histories.#add()
    cleanup(() => histories.end())
    histories.#scan()
    await histories.#untilLive()
    return histories
  }

  /** One turn: trades, something that goes wrong at times, and some seconds. */
  async turn() {
    const random = this.#random
    for (let acts = random.between(0, 8); acts > 1; acts--) this.#trader.act()
    const { knobs } = this.#okx.venue
    if (random.chance(0.2)) {
      knobs.historyLagMs = Math.floor(random.between(0, 8000))
      knobs.repeats = random.between(0, 0.5)
      knobs.overtakes = random.between(0, 0.3)
    }
    if (random.chance(0.06)) this.#okx.cut()
    if (random.chance(0.05)) this.#okx.upgradeService(random.between(3000, 60_000))
    if (random.chance(0.02)) this.#okx.fallSilent()
    if (random.chance(0.06)) await this.#stopShort()
    if (random.chance(0.1)) {
      const [fault] = random.shuffle([
        503,
        'drop',
        'garbage',
        { code: '50013', msg: 'busy' },
      ] as const)
      this.#okx.faults.add(`/api/v5/${random.pick(LISTS)}`, fault!)
    }
    await this.#pass(Math.floor(random.between(500, 3000)))
  }

  /** A transfer whose bill no list shows. */
  hide({ at }: Followed) {
    at.transfer('USDT', String(Math.ceil(this.#random.between(1, 90))))
    at.hiddenBills.add(at.ledger.bills.at(-1)!.billId)
  }

  /** Nothing happens any more, and everything that is late has come. */
  async settle() {
    Object.assign(this.#okx.venue.knobs, { repeats: 0, overtakes: 0 })
    await this.#pass(9000)
    this.#okx.cut()
    await this.#pass(1000)
    await this.#untilLive()
    await this.#pass(20_000)
    await this.#untilLive()
  }

  async #add() {
    const at = this.#okx.venue.addAccount()
    at.transfer('USDT', '20000')
    const { apiKey, secret, passphrase } = at.key
    const keys = { apiKey, secretKey: secret, passphrase }
    this.followed.push({ at, account: await storeOkxAccount({ uid: at.ledger.uid, ...keys }) })
  }

  /** Stops both processes. Time stands still from here on, and with it the venue's count of requests. */
  async end() {
    this.#okx.venue.knobs.countsRequests = false
    this.clock.release()
    this.#stop.abort()
    await Promise.all(this.#scans)
    await this.#okx.close()
  }

  #scan() {
    const connect = (url: string) => {
      const socket = this.#okx.connect(url)
      return { socket, destroy: () => socket.close() }
    }
    const parts = { venues: this.venues, connect, logger: quietLogger, random: () => 0.5 }
    this.#scans = [1, 2].map(() => scanOkx(parts, this.#stop.signal))
  }

  /** The process at work loses its lease, and with it all that it has heard and not stored. */
  #stopShort() {
    return db
      .from('scan_leases')
      .where('name', 'okx')
      .update({ owner: null, lease_until: 0, fence: db.raw('fence + 1') })
  }

  async #pass(ms: number) {
    for (let left = ms; left > 0; left -= 500) {
      this.clock.pass(Math.min(left, 500))
      this.#okx.venue.tick()
      for (let turn = 0; turn < 12; turn++) await new Promise(setImmediate)
    }
  }

  async #untilLive() {
    for (let left = UNTIL_LIVE_MS; left > 0; left -= 500) {
      const others = await db
        .from('okx_accounts')
        .whereNot('connection', 'live')
        .select('label', 'connection', 'reason', 'detail')
      if (others.length === 0) return
      await this.#pass(500)
      if (left === 500) throw new Error(`not live: ${JSON.stringify(others)}`)
    }
  }
}
