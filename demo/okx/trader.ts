import { decimal, over, textOf, times, toStep } from '#demo/okx/ledger/decimal'
import type { Instrument } from '#demo/okx/ledger/instruments'
import { OrderRefused, type Order, type OrderRequest, type Side } from '#demo/okx/ledger/order'
import type { Venue } from '#demo/okx/venue'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Random } from '#demo/market/random'

/** What is traded, and for about how much at a time, in USDT. */
const TRADED = {
  'BTC-USDT-SWAP': 400,
  'ETH-USDT-SWAP': 250,
  'OKB-USDT': 60,
}

/** How often each happens in a turn. */
const CHANCES = { market: 0.25, limit: 0.45, amend: 0.1, cancel: 0.15, close: 0.12, stop: 0.1 }
const RARE = { fund: 0.02, transfer: 0.015, liquidate: 0.012, deleverage: 0.004 }

/** Open orders of one account, at most: the oldest go. */
const MOST_OPEN = 8
const MOST_STOPS = 4

/** Trades on accounts of a venue as people do, at prices that wander. */
export class OkxTrader {
  constructor(
    private readonly venue: Venue,
    private readonly accounts: readonly VenueAccount[],
    private readonly random: Random,
    private readonly report: (line: string) => unknown = () => {}
  ) {}

  /** Lets prices move, and one account do something. */
  act() {
    const { random } = this
    for (const instId of Object.keys(TRADED)) this.#move(instId)
    const account = random.pick(this.accounts)
    const instrument = this.venue.exchange.instrument(random.pick(Object.keys(TRADED)))
    const open = [...account.ledger.openOrders]
    if (random.chance(CHANCES.market)) this.#place(account, instrument, null)
    if (random.chance(CHANCES.limit)) this.#place(account, instrument, random.between(0.997, 1.003))
    if (random.chance(CHANCES.amend) && open.length > 0) this.#amend(account, random.pick(open))
    if (open.length > MOST_OPEN) attempt(() => account.cancel(open[0]!.ordId))
    else if (random.chance(CHANCES.cancel) && open.length > 0) {
      attempt(() => account.cancel(random.pick(open).ordId))
    }
    if (random.chance(CHANCES.close)) this.#close(account)
    this.#takeSomething(instrument)
    this.#stop(account, instrument)
    this.#rarely(account, instrument.instId)
  }

  /** An order that waits for a price near this one, or one that waits goes. */
  #stop(account: VenueAccount, instrument: Instrument) {
    const { random } = this
    const { instId, tickSz, price, lotSz } = instrument
    const waiting = [...account.ledger.algoOrders.values()].filter(({ state }) => state === 'live')
    if (waiting.length >= MOST_STOPS || (waiting.length > 0 && random.chance(CHANCES.stop / 2))) {
      attempt(() => account.cancelAlgo(waiting[0]!.algoId))
    } else if (random.chance(CHANCES.stop)) {
      const near = decimal(random.between(0.998, 1.002).toFixed(6))
      const triggerPx = textOf(toStep(times(price, near), tickSz))
      const side: Side = random.chance(0.5) ? 'buy' : 'sell'
      attempt(() => account.placeAlgo({ instId, side, sz: textOf(lotSz), triggerPx, lever: '20' }))
    }
  }

  #move(instId: string) {
    const { price, tickSz } = this.venue.exchange.instrument(instId)
    const moved = times(price, decimal(this.random.between(0.9992, 1.0008).toFixed(6)))
    this.venue.setPrice(instId, textOf(toStep(moved, tickSz)))
  }

  /** @param near the limit as a share of the price; null for a market order */
  #place(account: VenueAccount, instrument: Instrument, near: number | null) {
    const { instId, instType, lotSz, tickSz, price, ctVal } = instrument
    const side: Side = this.random.chance(0.5) ? 'buy' : 'sell'
    const money = decimal(String(TRADED[instId as keyof typeof TRADED]))
    const lots = toStep(over(money, times(price, ctVal)), lotSz, 'up')
    const isByQuote = near === null && instType === 'SPOT' && side === 'buy'
    const request: OrderRequest = {
      instId,
      side,
      sz: textOf(isByQuote ? money : lots),
      lever: '20',
      ...(near !== null && { px: textOf(toStep(times(price, decimal(near.toFixed(6))), tickSz)) }),
    }
    const order = attempt(() => account.place(request))
    if (order) this.#tell(order)
  }

  #amend(account: VenueAccount, { ordId, sz, accFillSz, instrument }: Order) {
    const newSz = textOf(sz + instrument.lotSz)
    if (sz > accFillSz) attempt(() => account.amend(ordId, { newSz, reqId: `a${ordId.slice(-6)}` }))
  }

  /** Closes a position by a market order, as those who have seen enough do. */
  #close(account: VenueAccount) {
    const [position] = account.ledger.openPositions
    if (!position) return
    const { instrument, size, mgnMode, lever } = position
    const side = size > 0n ? 'sell' : 'buy'
    const sz = textOf(size > 0n ? size : -size)
    const { instId } = instrument
    const request = { instId, side, sz, tdMode: mgnMode, lever: textOf(lever) } as const
    const order = attempt(() => account.place({ ...request, reduceOnly: true }))
    if (order) this.#tell(order)
  }

  /** Others take a part of what rests. */
  #takeSomething({ instId, lotSz }: Instrument) {
    if (!this.random.chance(0.3)) return
    const side = this.random.chance(0.5) ? 'buy' : 'sell'
    this.venue.trade(instId, side, textOf(lotSz * BigInt(Math.ceil(this.random.between(1, 6)))))
  }

  #rarely(account: VenueAccount, instId: string) {
    const { random } = this
    if (random.chance(RARE.fund)) account.fund(instId, '0.0001')
    if (random.chance(RARE.transfer)) {
      account.transfer('USDT', '250')
      this.report('moved     250 USDT in')
    }
    if (random.chance(RARE.liquidate)) this.#liquidate(account, instId)
    const [position] = account.positionsIn(instId)
    if (position && random.chance(RARE.deleverage)) {
      account.deleverage(instId, textOf(position.instrument.lotSz))
    }
  }

  #liquidate(account: VenueAccount, instId: string) {
    if (account.positionsIn(instId).length === 0) return
    account.liquidate(instId)
    this.report(`liquidated ${instId}`)
  }

  #tell({ side, sz, instrument, px, state }: Order) {
    const verb = side === 'buy' ? 'buys     ' : 'sells    '
    const price = px === null ? 'at once' : `for ${textOf(px)}`
    this.report(`${verb} ${textOf(sz)} ${instrument.instId} ${price}: ${state}`)
  }
}

/** Null when the venue refuses it, as it does in life: too little money, or it was filled meanwhile. */
function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof OrderRefused) return null
    throw error
  }
}
