import { Decimal } from '#foundation/text/decimal'
import { decimalIn, neededText, textIn, type OkxRow } from '#sources/okx/row'

/** What a contract of an instrument is worth. Spot pairs have none of it. */
export interface OkxInstrument {
  instId: string
  instType: string
  /** `linear` or `inverse`; null where there is no contract. */
  ctType: string | null
  ctVal: string | null
  ctMult: string | null
  ctValCcy: string | null
  settleCcy: string | null
  baseCcy: string | null
  quoteCcy: string | null
}

/** A row of `public/instruments`. @throws OkxDecodeError */
export function readInstrument(row: OkxRow): OkxInstrument {
  return {
    instId: neededText(row, 'instId'),
    instType: neededText(row, 'instType'),
    ctType: textIn(row, 'ctType'),
    ctVal: decimalIn(row, 'ctVal'),
    ctMult: decimalIn(row, 'ctMult'),
    ctValCcy: textIn(row, 'ctValCcy'),
    settleCcy: textIn(row, 'settleCcy'),
    baseCcy: textIn(row, 'baseCcy'),
    quoteCcy: textIn(row, 'quoteCcy'),
  }
}

/** The same, of a row of `okx_instruments`. */
export function storedInstrument(row: Record<string, any>): OkxInstrument {
  return {
    instId: row.inst_id,
    instType: row.inst_type,
    ctType: row.ct_type,
    ctVal: row.ct_val,
    ctMult: row.ct_mult,
    ctValCcy: row.ct_val_ccy,
    settleCcy: row.settle_ccy,
    baseCcy: row.base_ccy,
    quoteCcy: row.quote_ccy,
  }
}

/** Kinds whose sizes are in the base currency and not in contracts. */
const WITHOUT_CONTRACTS = ['SPOT', 'MARGIN']

export function hasContracts(instType: string): boolean {
  return !WITHOUT_CONTRACTS.includes(instType)
}

export interface RealSize {
  /** The size in `ctValCcy`, or in the base currency. */
  baseSz: string | null
  /** Its worth at the price; an inverse contract is worth what it says, in its own currency. */
  notional: string | null
}

/**
 * What a size is, contracts × `ctVal` × `ctMult`, as decimal text; nulls where the instrument is not
 * known.
 */
export function realSize(
  instType: string,
  size: string,
  price: string | null,
  instrument: OkxInstrument | null
): RealSize {
  const isContract = hasContracts(instType)
  if (isContract && !instrument?.ctVal) {
    return { baseSz: null, notional: null }
  }
  const contract = isContract
    ? Decimal.parse(instrument!.ctVal!).times(Decimal.parse(instrument!.ctMult ?? '1'))
    : Decimal.of(1)
  const baseSz = Decimal.parse(size).times(contract)
  const isWorth = isContract && instrument!.ctType === 'inverse'
  const notional = isWorth ? baseSz : price === null ? null : baseSz.times(Decimal.parse(price))
  return { baseSz: baseSz.toString(), notional: notional?.toString() ?? null }
}
