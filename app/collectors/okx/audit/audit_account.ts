import db from '@adonisjs/lucid/services/db'
import type OkxAccount from '#models/okx_account'
import OkxAudit from '#models/okx_audit'
import { findHoles, type ChainBill, type Hole } from '#collectors/okx/audit/bill_chain'
import { matchTrades, type TradeMatch } from '#collectors/okx/audit/match_trades'
import { tellHoles } from '#collectors/okx/audit/tell_holes'
import { recoverBills } from '#collectors/okx/recovery/recover_bills'
import { recoverHoldings } from '#collectors/okx/recovery/recover_holdings'
import type { Recovering } from '#collectors/okx/recovery/recovering'

/** The most holes that are read anew in one audit: each is a request. */
const MOST_REPAIRS = 200

/** A bill of a hole may have the time of its neighbours: so much around them is read, in milliseconds. */
const AROUND_MS = 1_000

/** Each audit goes so far back behind the last one, in milliseconds. */
const OVERLAP_MS = 900_000

/** Multi-currency and portfolio margin: bills there were never seen to form a sum. */
const UNPROVEN_LEVELS = ['3', '4']

/**
 * Checks that nothing is missing of an account since the last audit: in each currency the bills form a
 * sum, and every trade has its bill and its execution. What is missing is read again; what OKX does not
 * give stays a hole, of which the owner is told once. Positions and balances are read as they are.
 *
 * @param account whose level says whether the sum is known to hold
 * @throws OkxFailure
 */
export async function auditAccount(
  recovering: Recovering,
  account: Pick<OkxAccount, 'id' | 'accountLevel'>
): Promise<OkxAudit[]> {
  const reading: Recovering = { ...recovering, origin: 'audit' }
  await recoverHoldings(reading)
  await recoverBills(reading, await reading.rest.venue.now())
  const sums: CurrencySum[] = []
  for (const ccy of await currenciesOf(account.id)) {
    sums.push(await checkSum(reading, ccy))
  }
  // Bills that were missing may tell of trades that are.
  const trades = await matchTrades(reading, await lastAuditAt(account.id))
  const now = reading.rest.venue.clock.now()
  const audits = await OkxAudit.createMany(sums.map((sum) => auditOf(account, sum, trades, now)))
  await tellHoles(recovering.account, audits, now)
  return audits
}

/** What was too new for the last audit is in this one. */
async function lastAuditAt(accountId: number): Promise<number> {
  const [last] = await db.from('okx_audits').where('account_id', accountId).max('created_at as at')
  return Math.max(0, Number(last?.at ?? 0) - OVERLAP_MS)
}

async function currenciesOf(accountId: number): Promise<string[]> {
  const rows = await db
    .from('okx_bills')
    .where('account_id', accountId)
    .distinct('ccy')
    .orderBy('ccy')
  return rows.map(({ ccy }) => ccy)
}

interface CurrencySum {
  ccy: string
  /** From the last one up to which nothing was missing. */
  bills: ChainBill[]
  /** What OKX does not give. */
  holes: Hole[]
  repaired: number
}

/** Finds what is missing in the bills of a currency, and reads it again. */
async function checkSum(recovering: Recovering, ccy: string): Promise<CurrencySum> {
  const { id: accountId } = recovering.account
  const last = await lastComplete(accountId, ccy)
  const bills = await billsFrom(accountId, ccy, last)
  const found = findHoles(bills)
  if (found.length === 0) {
    return { ccy, bills, holes: [], repaired: 0 }
  }
  for (const { after, before } of found.slice(0, MOST_REPAIRS)) {
    const within = { begin: after.ts - AROUND_MS, end: before.ts + AROUND_MS }
    await recoverBills(recovering, after.ts, within)
  }
  const mended = await billsFrom(accountId, ccy, last)
  const holes = findHoles(mended)
  return { ccy, bills: mended, holes, repaired: found.length - holes.length }
}

function auditOf(
  { id, accountLevel }: Pick<OkxAccount, 'id' | 'accountLevel'>,
  { ccy, bills, holes, repaired }: CurrencySum,
  trades: TradeMatch,
  now: number
): Partial<OkxAudit> {
  const complete = holes[0]?.after ?? bills.at(-1)
  const missing = holes.length + trades.missing.length
  const found = repaired + trades.repaired
  return {
    accountId: id,
    ccy,
    mode: UNPROVEN_LEVELS.includes(accountLevel ?? '') ? 'report' : 'strict',
    verdict: missing > 0 ? 'holes' : found > 0 ? 'repaired' : 'complete',
    fromBill: bills[0]?.billId ?? null,
    toBill: bills.at(-1)?.billId ?? null,
    completeBill: complete?.billId ?? null,
    completeTime: complete?.ts ?? null,
    bills: bills.length,
    executions: trades.executions,
    holes: missing,
    repaired: found,
    detail: detailOf(holes, trades),
    createdAt: now,
  }
}

/** The last bill up to which nothing was missing. */
async function lastComplete(accountId: number, ccy: string): Promise<string | null> {
  const last = await db
    .from('okx_audits')
    .where({ account_id: accountId, ccy })
    .whereNotNull('complete_bill')
    .orderBy('id', 'desc')
    .first()
  return last?.complete_bill ?? null
}

async function billsFrom(
  accountId: number,
  ccy: string,
  from: string | null
): Promise<ChainBill[]> {
  const query = db.from('okx_bills').where({ account_id: accountId, ccy })
  if (from !== null) {
    void query.whereRaw('(length(bill_id), bill_id) >= (?, ?)', [from.length, from])
  }
  const rows = await query
    .orderByRaw('length(bill_id), bill_id')
    .select('bill_id', 'bal', 'bal_chg', 'ts')
  return rows.map((row) => ({
    billId: row.bill_id,
    bal: row.bal,
    balChg: row.bal_chg,
    ts: Number(row.ts),
  }))
}

/** What is missing, for people; the first of each. */
function detailOf(holes: readonly Hole[], { missing }: TradeMatch): string | null {
  const [hole] = holes
  const [trade] = missing
  const parts = [
    hole &&
      `${hole.missing} between bill ${hole.after.billId} and ${hole.before.billId}, ` +
        `${new Date(hole.after.ts).toISOString()} to ${new Date(hole.before.ts).toISOString()}`,
    trade &&
      `trade ${trade.tradeId} of order ${trade.ordId} has a bill or an execution, and not both`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join('; ') : null
}
