import { decimal, over, times, type Decimal } from '#demo/okx/ledger/decimal'

export type InstrumentType = 'SPOT' | 'SWAP'

/** Something that is traded, with its price now. */
export interface Instrument {
  instId: string
  instType: InstrumentType
  baseCcy: string
  quoteCcy: string
  /** What profit, loss and fees of a contract are paid in; of spot it depends on the side. */
  settleCcy: string
  /** What one contract stands for, in `ctValCcy`. Of spot: one. */
  ctVal: Decimal
  ctValCcy: string
  /** Whether a contract is worth a fixed amount of the quote currency, and is paid in the base. */
  isInverse: boolean
  lotSz: Decimal
  tickSz: Decimal
  price: Decimal
  /** How much the outside world takes or gives at this price. Null: whatever is asked. */
  depth: Decimal | null
}

/** What so many contracts, or so much of a coin, are worth at that price, in the settlement currency. */
export function valueOf({ isInverse, ctVal }: Instrument, sz: Decimal, px: Decimal): Decimal {
  return isInverse ? over(times(sz, ctVal), px) : times(times(sz, ctVal), px)
}

/** What a fill costs, as shares of its value: the rates of a new account. */
export function feeRate({ instType }: Instrument, execType: 'T' | 'M' | ''): Decimal {
  const isMaker = execType === 'M'
  if (instType === 'SPOT') return decimal(isMaker ? '0.0008' : '0.001')
  return decimal(isMaker ? '0.0002' : '0.0005')
}

/** Sizes and steps are those of the venue; the prices are where the market opens. */
export function openInstruments(): Map<string, Instrument> {
  const all = [
    swap('BTC-USDT-SWAP', '0.01', '0.01', '0.1', '117600'),
    swap('ETH-USDT-SWAP', '0.1', '0.01', '0.01', '4100'),
    { ...swap('BTC-USD-SWAP', '100', '1', '0.1', '117600'), ...INVERSE },
    spot('BTC-USDT', '0.00000001', '0.1', '117600'),
    spot('ETH-USDT', '0.000001', '0.01', '4100'),
    spot('OKB-USDT', '0.000001', '0.01', '54'),
  ]
  return new Map(all.map((instrument) => [instrument.instId, instrument]))
}

const INVERSE = { isInverse: true, settleCcy: 'BTC', ctValCcy: 'USD' }

function swap(
  instId: string,
  ctVal: string,
  lotSz: string,
  tickSz: string,
  price: string
): Instrument {
  const [baseCcy, quoteCcy] = instId.split('-') as [string, string]
  return {
    instId,
    instType: 'SWAP',
    baseCcy,
    quoteCcy,
    settleCcy: quoteCcy,
    isInverse: false,
    ctVal: decimal(ctVal),
    ctValCcy: baseCcy,
    lotSz: decimal(lotSz),
    tickSz: decimal(tickSz),
    price: decimal(price),
    depth: null,
  }
}

function spot(instId: string, lotSz: string, tickSz: string, price: string): Instrument {
  return { ...swap(instId, '1', lotSz, tickSz, price), instType: 'SPOT', ctValCcy: '' }
}
