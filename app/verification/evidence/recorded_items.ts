import Execution from '#models/execution'
import OkxBill from '#models/okx_bill'
import type Order from '#models/order'
import db from '@adonisjs/lucid/services/db'
import { Decimal } from '#foundation/text/decimal'
import type { OkxEnvironment } from '#facts/on_okx'
import { hasContracts, storedInstrument, type OkxInstrument } from '#sources/okx/contract_size'
import type { ToldItems } from '#verification/evidence/items'
import { addsUp } from '#verification/evidence/filled_size'

/**
 * What was recorded of an order while it happened: by the stream, and by recovery over REST where that
 * had a gap.
 *
 * @returns null while that is not complete: fills are missing, or their bills, or the contract's size
 */
export async function recordedItems(
  order: Order,
  environment: OkxEnvironment
): Promise<ToldItems | null> {
  const [executions, bills, instrument] = await Promise.all([
    Execution.query().where({ accountId: order.accountId, ordId: order.ordId }).orderBy('id'),
    OkxBill.query().where({ accountId: order.accountId, ordId: order.ordId }).orderBy('id'),
    readRecordedInstrument(environment, order.instId),
  ])
  const isKnown = instrument !== null || !hasContracts(order.instType ?? '')
  const hasBills = executions.every(({ tradeId, billId }) =>
    bills.some((bill) => bill.billId === billId || bill.tradeId === tradeId || isForced(tradeId))
  )
  const isComplete = bills.length >= executions.length && hasBills && isKnown
  if (
    !isComplete ||
    !addsUp(
      executions.map(({ fillSz }) => fillSz),
      order.accFillSz
    )
  ) {
    return null
  }
  return { order: toldOrder(order), executions: executions.map(toldExecution), bills, instrument }
}

/** A forced fill has one number in a push and another in a list, and its bill has none. */
function isForced(tradeId: string | null): boolean {
  return tradeId === null || Decimal.parse(tradeId).compare(Decimal.of(0)) <= 0
}

function toldOrder(order: Order): ToldItems['order'] {
  const { ordId, clOrdId, instId, instType, side, posSide, tdMode, ordType } = order
  const { px, sz, accFillSz, avgPx, fee, feeCcy, pnl, category } = order
  return {
    ordId,
    clOrdId,
    instId,
    instType,
    side,
    posSide,
    tdMode,
    ordType,
    px,
    sz,
    accFillSz,
    avgPx,
    fee,
    feeCcy,
    pnl,
    category,
    state: order.venueState,
    cTime: order.venueCreatedAt === null ? null : String(order.venueCreatedAt),
  }
}

function toldExecution(execution: Execution): ToldItems['executions'][number] {
  const { tradeId, fillSz, fillPx, ctVal, fee, feeCcy, fillPnl, execType, eventTime } = execution
  const fillTime = String(eventTime)
  return { tradeId, fillSz, fillPx, ctVal, fee, feeCcy, fillPnl, execType, fillTime }
}

async function readRecordedInstrument(
  environment: OkxEnvironment,
  instId: string
): Promise<OkxInstrument | null> {
  const row = await db.from('okx_instruments').where({ environment, inst_id: instId }).first()
  return row && storedInstrument(row)
}
