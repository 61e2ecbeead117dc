import type { Clock } from '#foundation/clock'
import type { AccountEvent } from '#demo/okx/ledger/account'
import { trigger } from '#demo/okx/ledger/algo_trading'
import { Exchange } from '#demo/okx/ledger/exchange'
import type { Side } from '#demo/okx/ledger/order'
import { VenueTime } from '#demo/okx/ledger/venue_time'
import { placeOf } from '#demo/okx/hosts'
import { DEFAULT_KNOBS, type Knobs } from '#demo/okx/knobs'
import { Maintenance } from '#demo/okx/maintenance'
import { VenueAccount, type AccountOptions } from '#demo/okx/venue_account'
import type { VenueConnection } from '#demo/okx/venue_connection'
import type { Random } from '#demo/market/random'

/** The exchange, its accounts and who is connected to them: what both of its interfaces share. */
export class Venue {
  readonly knobs: Knobs = { ...DEFAULT_KNOBS }
  readonly time: VenueTime
  readonly exchange: Exchange
  readonly accounts: VenueAccount[] = []
  readonly sessions = new Set<VenueConnection>()
  readonly maintenance: Maintenance
  readonly now: () => number

  constructor(
    clock: Clock,
    readonly random: Random
  ) {
    this.time = new VenueTime(clock)
    this.now = this.time.now
    this.exchange = new Exchange(this.time)
    this.maintenance = new Maintenance(this.now, this.sessions)
  }

  addAccount(options: AccountOptions = {}): VenueAccount {
    const number = this.accounts.length + 1
    const account = new VenueAccount(
      { number, ...options },
      this.exchange,
      this.time,
      (of, event) => this.#tell(of, event)
    )
    this.accounts.push(account)
    return account
  }

  /**
   * The account that a key opens, at the host that was asked: each region knows its own keys alone.
   * A host that is none of the venue's, as this machine, stands for all of them.
   */
  accountOfKey(apiKey: string, host: string): VenueAccount | undefined {
    const place = placeOf(host)
    return this.accounts.find(
      ({ key, region, isDemo }) =>
        key.apiKey === apiKey &&
        (place === null || place.region === region) &&
        (place?.isDemo === undefined || place.isDemo === isDemo)
    )
  }

  /** The instrument is traded at a new price: orders fill, others are placed, positions go. */
  setPrice(instId: string, px: string) {
    this.exchange.setPrice(instId, px)
    for (const { ledger } of this.accounts) {
      trigger(this.exchange, ledger)
      this.exchange.liquidate(ledger)
    }
  }

  /** A trader without an account here takes so much of what rests. @returns what is left */
  trade(instId: string, side: Side, sz: string): string {
    return this.exchange.trade(instId, side, sz)
  }

  sessionsOf(account: VenueAccount): VenueConnection[] {
    return [...this.sessions].filter((session) => session.account === account)
  }

  /** Its key becomes another one: the old one is unknown from now on. */
  changeKey(account: VenueAccount) {
    account.renewKey()
    this.sessionsOf(account).forEach((session) => session.close('keyChanged'))
  }

  leave(session: VenueConnection) {
    this.sessions.delete(session)
  }

  /** Does what time has brought. */
  tick() {
    this.maintenance.tick()
    this.sessions.forEach((session) => session.tick())
  }

  #tell(account: VenueAccount, event: AccountEvent) {
    for (const session of this.sessions) {
      if (session.account === account) session.tell(event)
    }
  }
}
