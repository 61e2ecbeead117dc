import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { okxExecution } from '#facts/okx_execution'
import { factColumns, factTable, type Heard } from '#collectors/okx/ingest/heard'
import type { Instruments } from '#collectors/okx/ingest/instruments'
import { realSize } from '#sources/okx/contract_size'
import { kindKey, tradeKey, type OkxFill } from '#sources/okx/fill'

const EXECUTIONS = factTable(okxExecution, {
  execution_key: 'text',
  acc_fill_sz: 'text',
  raw: 'text',
})

/**
 * Stores each fill once, whether a push or a list tells it first. A trade in the book is known by its
 * number. A forced one has none that both tell: of its kind within the order (size and price) the
 * n-th that pushes tell, each with another sum of the order, is the n-th that lists tell, each with
 * another bill.
 *
 * @param now epoch milliseconds
 */
export async function storeFills(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  instruments: Instruments,
  now: number
) {
  const told = heard.flatMap((one) => one.fills.map((fill) => ({ heard: one, fill })))
  if (told.length === 0) {
    return
  }
  const known = await KnownFills.read(
    trx,
    told.map(({ fill }) => fill.ordId)
  )
  const rows: object[] = []
  for (const { heard: from, fill } of told) {
    const key = known.take(from.account.id, fill)
    if (key !== null) {
      rows.push({ ...executionOf(from, fill, instruments, now), execution_key: key })
    }
  }
  await insertRows(trx, EXECUTIONS, rows)
  await known.write()
}

/** What is known of a fill: who told it, and by what. */
interface KnownFill {
  /** 0 for one that is written with this batch. */
  id: number
  billId: string | null
  accFillSz: string | null
}

/** What a list tells of a fill that a push has told. */
type Completed = Pick<OkxFill, 'billId' | 'tradeId' | 'accFillSz' | 'liquidation'>

class KnownFills {
  readonly #byTrade = new Map<string, KnownFill>()
  readonly #byKind = new Map<string, KnownFill[]>()
  readonly #completed = new Map<number, Partial<Completed>>()

  private constructor(private readonly trx: TransactionClientContract) {}

  static async read(trx: TransactionClientContract, ordIds: string[]): Promise<KnownFills> {
    const known = new KnownFills(trx)
    const rows = await trx
      .from('executions')
      .whereIn('ord_id', [...new Set(ordIds)])
      .orderBy('id')
      .select('id', 'account_id', 'ord_id', 'inst_id', 'trade_id', 'bill_id', 'acc_fill_sz')
      .select('fill_sz', 'fill_px')
    for (const row of rows) {
      const fill = { ordId: row.ord_id, instId: row.inst_id, tradeId: row.trade_id }
      const kind = { ...fill, fillSz: row.fill_sz, fillPx: row.fill_px }
      known.#note(row.account_id, kind as OkxFill, {
        id: Number(row.id),
        billId: row.bill_id,
        accFillSz: row.acc_fill_sz,
      })
    }
    return known
  }

  /** The key of a fill that is new, or null for one that is known. */
  take(accountId: number, fill: OkxFill): string | null {
    const trade = tradeKey(fill)
    const alike = this.#alike(accountId, fill)
    const same =
      trade === null ? counterpart(alike, fill) : this.#byTrade.get(`${accountId} ${trade}`)
    if (same) {
      this.#complete(same, fill)
      return null
    }
    this.#note(accountId, fill, { id: 0, billId: fill.billId, accFillSz: fill.accFillSz })
    return trade === null ? `n:${kindKey(fill)}:${alike.length + 1}` : `t:${trade}`
  }

  #alike(accountId: number, fill: OkxFill): KnownFill[] {
    return this.#byKind.get(`${accountId} ${kindKey(fill)}`) ?? []
  }

  #note(accountId: number | string, fill: OkxFill, known: KnownFill) {
    const trade = tradeKey(fill)
    if (trade !== null) {
      this.#byTrade.set(`${accountId} ${trade}`, known)
      return
    }
    const kind = `${accountId} ${kindKey(fill)}`
    this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), known])
  }

  #complete(same: KnownFill, { billId, tradeId, accFillSz, liquidation }: OkxFill) {
    const isNew = (billId && !same.billId) || (accFillSz && !same.accFillSz)
    if (!isNew) return
    same.billId ??= billId
    same.accFillSz ??= accFillSz
    if (same.id > 0) {
      const more = { billId, accFillSz, ...(billId && { tradeId, liquidation }) }
      const before = this.#completed.get(same.id)
      this.#completed.set(same.id, { ...before, ...withoutNulls(more) })
    }
  }

  async write() {
    for (const [id, { billId, accFillSz, tradeId, liquidation }] of this.#completed) {
      await this.trx
        .from('executions')
        .where('id', id)
        .update(
          withoutNulls({ bill_id: billId, acc_fill_sz: accFillSz, trade_id: tradeId, liquidation })
        )
    }
  }
}

/** The same fill as the other side told it, or as this side told it before. */
function counterpart(alike: readonly KnownFill[], { billId, accFillSz }: OkxFill) {
  return billId === null
    ? (alike.find((one) => one.accFillSz === accFillSz) ?? alike.find((one) => !one.accFillSz))
    : (alike.find((one) => one.billId === billId) ?? alike.find((one) => !one.billId))
}

function withoutNulls<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined)
  ) as Partial<Members>
}

function executionOf(heard: Heard, fill: OkxFill, instruments: Instruments, now: number) {
  const instrument = instruments.known(heard.account.environment, fill.instId)
  const { baseSz, notional } = realSize(fill.instType, fill.fillSz, fill.fillPx, instrument)
  return {
    ...factColumns(heard, fill.fillTime, now),
    ord_id: fill.ordId,
    cl_ord_id: fill.clOrdId,
    trade_id: fill.tradeId,
    bill_id: fill.billId,
    inst_type: fill.instType,
    inst_id: fill.instId,
    side: fill.side,
    pos_side: fill.posSide,
    fill_sz: fill.fillSz,
    fill_px: fill.fillPx,
    acc_fill_sz: fill.accFillSz,
    ct_val: instrument?.ctVal ?? null,
    ct_mult: instrument?.ctMult ?? null,
    ct_val_ccy: instrument?.ctValCcy ?? null,
    base_sz: baseSz,
    notional,
    fee: fill.fee,
    fee_ccy: fill.feeCcy,
    fill_pnl: fill.fillPnl,
    exec_type: fill.execType,
    liquidation: fill.liquidation,
    raw: JSON.stringify(fill.raw),
  }
}
