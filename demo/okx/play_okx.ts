import type { Clock } from '#foundation/clock'
import type { Random } from '#demo/market/random'
import { LocalOkx, type OkxPlace } from '#demo/okx/local_okx'
import { OkxTrader } from '#demo/okx/trader'
import type { VenueAccount } from '#demo/okx/venue_account'

/** Between two turns of the market, in milliseconds. */
const TURN_MS = { shortest: 400, longest: 1600 }

/** The venue announces an upgrade so often, and cuts what is connected so much later. */
const UPGRADE = { everyMs: 90_000, afterMs: 20_000 }

interface PlayOkxOptions {
  clock: Clock
  random: Random
  report: (line: string) => void
}

/** An exchange of the demo's own: the operator and the visitor have accounts there, on which it trades. */
export class PlayOkx {
  readonly okx: LocalOkx
  readonly operator: VenueAccount
  readonly visitor: VenueAccount
  readonly #clock: Clock
  readonly #random: Random
  readonly #trader: OkxTrader
  readonly #report: (line: string) => void
  readonly #closing = new AbortController()
  #trading: Promise<void> = Promise.resolve()

  constructor({ clock, random, report }: PlayOkxOptions) {
    this.#clock = clock
    this.#random = random
    this.#report = report
    this.okx = new LocalOkx({ clock, random })
    const { venue } = this.okx
    venue.knobs.historyLagMs = 2000
    venue.knobs.repeats = 0.05
    this.operator = venue.addAccount()
    this.visitor = venue.addAccount()
    for (const account of [this.operator, this.visitor]) account.transfer('USDT', '20000')
    this.#trader = new OkxTrader(venue, [this.operator, this.visitor], random, report)
  }

  listen(): Promise<OkxPlace> {
    return this.okx.listen()
  }

  openMarket() {
    this.#trading = this.#trade(this.#closing.signal)
  }

  /** Nothing happens any more: what did can still be read. */
  async closeMarket() {
    this.#closing.abort()
    await this.#trading
  }

  async stop() {
    await this.closeMarket()
    await this.okx.close()
  }

  async #trade(signal: AbortSignal) {
    let upgradeAt = this.#clock.now() + UPGRADE.everyMs
    while (!signal.aborted) {
      this.#trader.act()
      if (this.#clock.now() >= upgradeAt) {
        upgradeAt = this.#clock.now() + UPGRADE.everyMs
        this.okx.upgradeService(UPGRADE.afterMs)
        this.#report(`closes every connection in ${UPGRADE.afterMs / 1000} s, and says so`)
      }
      await this.#clock.sleep(this.#random.between(TURN_MS.shortest, TURN_MS.longest), signal)
    }
  }
}
