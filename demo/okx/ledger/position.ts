import { abs, decimal, least, over, times, toStep, type Decimal } from '#demo/okx/ledger/decimal'
import { feeRate, valueOf, type Instrument } from '#demo/okx/ledger/instruments'
import type { MarginMode, PosSide, Side } from '#demo/okx/ledger/order'

/** The share of its value below which a position's margin may not fall. */
const MAINTENANCE = decimal('0.004')

/** What a fill did to a position, in the settlement currency. */
export interface PositionChange {
  pnl: Decimal
  /** By how much its margin grew; negative where margin was set free. */
  marginChange: Decimal
  /** Whether the fill closed something, all of it or a part. */
  closed: boolean
}

/** What an account holds of a contract, on one side and in one margin mode. */
export class Position {
  /** In contracts; negative when short. */
  size: Decimal = 0n
  /** What it was worth when it was opened. */
  entryValue: Decimal = 0n
  /** Its own margin, where it is isolated. */
  margin: Decimal = 0n
  realizedPnl: Decimal = 0n
  fee: Decimal = 0n
  tradeId = ''
  uTime: number

  constructor(
    readonly posId: string,
    readonly instrument: Instrument,
    readonly mgnMode: MarginMode,
    readonly posSide: PosSide,
    readonly lever: Decimal,
    readonly cTime: number
  ) {
    this.uTime = cTime
  }

  /** Takes a fill: what is against the position closes it, and the rest opens. */
  take(side: Side, sz: Decimal, px: Decimal): PositionChange {
    const held = abs(this.size)
    const isAgainst = this.size !== 0n && this.size > 0n !== (side === 'buy')
    const closing = isAgainst ? least(held, sz) : 0n
    const [wasMargin, wasEntry] = [this.margin, this.entryValue]
    let pnl = 0n
    if (closing > 0n) {
      const entry = (wasEntry * closing) / held
      pnl = this.#gain(entry, valueOf(this.instrument, closing, px))
      this.entryValue -= entry
      this.margin -= (wasMargin * closing) / held
    }
    const opening = sz - closing
    if (opening > 0n) {
      const value = valueOf(this.instrument, opening, px)
      this.entryValue += value
      if (this.mgnMode === 'isolated') this.margin += over(value, this.lever)
    }
    this.size += side === 'buy' ? sz : -sz
    this.realizedPnl += pnl
    return { pnl, marginChange: this.margin - wasMargin, closed: closing > 0n }
  }

  get avgPx(): Decimal {
    const { instrument, size, entryValue } = this
    if (size === 0n) return 0n
    const amount = times(abs(size), instrument.ctVal)
    return instrument.isInverse ? over(amount, entryValue) : over(entryValue, amount)
  }

  /** Profit or loss if all of it were closed at that price. */
  gainAt(px: Decimal): Decimal {
    return this.#gain(this.entryValue, valueOf(this.instrument, abs(this.size), px))
  }

  /** Whether the venue closes it at that price. Cross margin has the whole account behind it. */
  isLiquidatedAt(px: Decimal): boolean {
    if (this.mgnMode === 'cross' || this.size === 0n) return false
    const value = valueOf(this.instrument, abs(this.size), px)
    return this.margin + this.gainAt(px) <= times(value, MAINTENANCE)
  }

  /** What the venue takes for closing it: by the price of the market, not by that of the fill. */
  get liquidationFee(): Decimal {
    const value = valueOf(this.instrument, abs(this.size), this.instrument.price)
    return times(value, feeRate(this.instrument, ''))
  }

  /**
   * The price at which margin, loss and fee add up to nothing, as the venue fills liquidations. Of
   * contracts that are paid in their base, and of cross margin: the price now.
   */
  get bankruptcyPx(): Decimal {
    const { instrument, size, entryValue, margin } = this
    if (instrument.isInverse || this.mgnMode === 'cross') return instrument.price
    const left = margin - this.liquidationFee
    const value = size > 0n ? entryValue - left : entryValue + left
    const px = over(value, times(abs(size), instrument.ctVal))
    return toStep(px, instrument.tickSz, size > 0n ? 'up' : 'down')
  }

  /** A long position gains when it becomes worth more; one that is paid in its base, when less. */
  #gain(entry: Decimal, exit: Decimal): Decimal {
    const isLong = this.size > 0n
    return isLong !== this.instrument.isInverse ? exit - entry : entry - exit
  }
}
