import { Decimal } from '#foundation/text/decimal'
import { realSize, type OkxInstrument } from '#sources/okx/contract_size'
import { liquidationOfCategory } from '#sources/okx/liquidation'
import { addsUp, sumOf } from '#verification/evidence/filled_size'

/**
 * The three items (三件套) of a package: the order as it ended, its executions, and what it did to
 * the account. Chosen fields only: the venue tells one order differently at two places. Amounts are
 * decimal text without trailing zeros, times milliseconds as text; what is not known is absent.
 */
export interface Items {
  order: OrderItem
  executions: readonly ExecutionItem[]
  account: AccountItem
}

type Fields<Name extends string> = Partial<Record<Name, string>>

/** As the venue or the database says it: null and empty text mean that it is not known. */
export type Told<Name extends string> = Readonly<Partial<Record<Name, string | null>>>

const ORDER = {
  texts: [
    ...([
      'ordId',
      'clOrdId',
      'instId',
      'instType',
      'side',
      'posSide',
      'tdMode',
      'ordType',
    ] as const),
    ...(['feeCcy', 'state', 'category', 'cTime'] as const),
  ],
  amounts: ['px', 'sz', 'accFillSz', 'avgPx', 'fee', 'pnl'] as const,
}
type OrderField = (typeof ORDER)['texts' | 'amounts'][number]
export type ToldOrder = Told<OrderField>
export type OrderItem = Fields<OrderField | 'fillTime'> & { schema: 'regou.order.v1' }

const EXECUTION = {
  texts: ['tradeId', 'feeCcy', 'execType', 'fillTime'] as const,
  amounts: ['fillSz', 'fillPx', 'ctVal', 'fee', 'fillPnl'] as const,
}
type ExecutionField = (typeof EXECUTION)['texts' | 'amounts'][number]
export type ToldExecution = Told<ExecutionField>
export type ExecutionItem = Fields<ExecutionField | 'notional' | 'liquidation'> & {
  schema: 'regou.execution.v1'
}

const BILL = {
  texts: ['billId', 'ccy', 'type', 'subType'] as const,
  amounts: ['balChg'] as const,
}
export type ToldBill = Told<(typeof BILL)['texts' | 'amounts'][number] | 'bal'>
export type BillItem = Fields<(typeof BILL)['texts' | 'amounts'][number] | 'balBefore' | 'balAfter'>

const INSTRUMENT = {
  texts: ['instId', 'ctValCcy'] as const,
  amounts: ['ctVal', 'ctMult'] as const,
}
type InstrumentField = (typeof INSTRUMENT)['texts' | 'amounts'][number]
export interface AccountItem {
  schema: 'regou.account.v1'
  ccy: readonly string[]
  bills: readonly BillItem[]
  instrument: Fields<InstrumentField>
}

export interface ToldItems {
  order: ToldOrder
  executions: readonly ToldExecution[]
  bills: readonly ToldBill[]
  /** Null for a spot pair, whose sizes are coins. */
  instrument: OkxInstrument | null
}

/** @throws Error when an amount is no decimal number */
export function itemsOf(told: ToldItems): Items {
  const executions = told.executions.map((fill) => executionItem(fill, told)).sort(inOrderOfTime)
  const bills = told.bills.map(billItem).sort((a, b) => byNumber(a.billId, b.billId))
  return {
    order: orderItem(told.order, executions),
    executions,
    account: {
      schema: 'regou.account.v1',
      ccy: [...new Set(bills.flatMap(({ ccy }) => ccy ?? []))].sort(),
      bills,
      instrument: chosen(INSTRUMENT, told.instrument ?? { instId: told.order.instId }),
    },
  }
}

function orderItem(told: ToldOrder, executions: readonly ExecutionItem[]): OrderItem {
  const { posSide, avgPx, accFillSz, ...fields } = chosen(ORDER, told)
  const sizes = executions.map(({ fillSz = '0' }) => fillSz)
  const isWhole = accFillSz !== undefined && addsUp(sizes, accFillSz)
  const fillTime = executions.at(-1)?.fillTime
  return {
    schema: 'regou.order.v1',
    ...fields,
    // Of what is bought by its worth, pushes round the sum and lists may not: the fills are in both.
    ...(accFillSz && { accFillSz: isWhole ? sumOf(sizes).toString() : accFillSz }),
    // An account with one side: some answers say so, others leave it out.
    ...(posSide && posSide !== 'net' && { posSide }),
    // Of what was never filled, some answers say 0.
    ...(avgPx && avgPx !== '0' && { avgPx }),
    ...(fillTime && { fillTime }),
  }
}

function executionItem(told: ToldExecution, { order, instrument }: ToldItems): ExecutionItem {
  const { tradeId, ...fields } = chosen(EXECUTION, told)
  const { fillSz = '0', fillPx = null } = fields
  const { notional } = realSize(order.instType ?? '', fillSz, fillPx, instrument)
  // Pushes tell it of the order, lists of the fill: only the order's word is in both.
  const liquidation = liquidationOfCategory(order.category ?? null)
  return {
    schema: 'regou.execution.v1',
    ...fields,
    ...(notional && { notional }),
    ...(liquidation && { liquidation }),
    // Of a liquidation pushes say 0 and answers a number below: neither names a trade.
    ...(tradeId && /^[1-9]\d*$/.test(tradeId) && { tradeId }),
  }
}

function billItem(told: ToldBill): BillItem {
  const { balChg, ...fields } = chosen(BILL, told)
  const after = told.bal ? Decimal.parse(told.bal) : undefined
  return {
    ...fields,
    ...(balChg && { balChg }),
    ...(balChg && after && { balBefore: after.minus(Decimal.parse(balChg)).toString() }),
    ...(after && { balAfter: after.toString() }),
  }
}

interface Choice<Text extends string, Amount extends string> {
  texts: readonly Text[]
  amounts: readonly Amount[]
}

function chosen<Text extends string, Amount extends string>(
  { texts, amounts }: Choice<Text, Amount>,
  told: Told<Text | Amount>
): Fields<Text | Amount> {
  const known = (names: readonly (Text | Amount)[], write: (value: string) => string) =>
    names.flatMap((name) => (told[name] ? [[name, write(told[name])]] : []))
  return Object.fromEntries([
    ...known(texts, (text) => text),
    ...known(amounts, (amount) => Decimal.parse(amount).toString()),
  ])
}

function inOrderOfTime(a: ExecutionItem, b: ExecutionItem): number {
  return (
    byNumber(a.fillTime, b.fillTime) ||
    byNumber(a.tradeId, b.tradeId) ||
    Decimal.parse(a.fillSz ?? '0').compare(Decimal.parse(b.fillSz ?? '0')) ||
    Decimal.parse(a.fillPx ?? '0').compare(Decimal.parse(b.fillPx ?? '0'))
  )
}

/** Numbers of up to 20 digits: as text, 10 would stand before 9. */
function byNumber(a = '0', b = '0'): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b))
}
