import type { Decimal } from '#demo/okx/ledger/decimal'
import type { Instrument } from '#demo/okx/ledger/instruments'
import type { Category, Fill, PosSide, Side } from '#demo/okx/ledger/order'

/** One change of one balance. `bal` of each is that of the bill before it plus its own `balChg`. */
export interface Bill {
  billId: string
  ccy: string
  type: string
  subType: string
  bal: Decimal
  balChg: Decimal
  posBal: Decimal
  posBalChg: Decimal
  pnl: Decimal
  fee: Decimal
  mgnMode: string
  instrument: Instrument | null
  /** What it was made by, where that was a trade. */
  fill: Fill | null
  /** Epoch milliseconds. */
  ts: number
}

export const TRANSFER = { type: '1', in: '11', out: '12' }
export const FUNDING = { type: '8', paid: '173', received: '174' }

/** The type of the bills of an order's fills. */
export const TYPE_OF: Record<Category, string> = {
  normal: '2',
  full_liquidation: '5',
  partial_liquidation: '5',
  adl: '9',
}

/** What a fill is called on its bill: by what it did, and by whose will. */
export function subTypeOf(category: Category, side: Side, posSide: PosSide | ''): string {
  const at =
    posSide === 'long' || posSide === 'short'
      ? Number(posSide === 'short') + 2 * Number(CLOSES[posSide] === side)
      : side === 'buy'
        ? 4
        : 5
  return SUB_TYPES[category][at]!
}

const CLOSES = { long: 'sell', short: 'buy' }

/** Opens long, opens short, closes long, closes short, and of net positions: buys, sells. */
const SUB_TYPES: Record<Category, string[]> = {
  normal: ['3', '4', '5', '6', '1', '2'],
  full_liquidation: ['', '', '104', '105', '106', '107'],
  partial_liquidation: ['', '', '100', '101', '102', '103'],
  adl: ['', '', '125', '126', '127', '128'],
}
