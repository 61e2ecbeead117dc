import db from '@adonisjs/lucid/services/db'
import { readFills } from '#collectors/okx/recovery/recover_fills'
import { recoverBills } from '#collectors/okx/recovery/recover_bills'
import type { Recovering } from '#collectors/okx/recovery/recovering'

/** A bill of a trade, and an execution, are of the same one when order and number are. */
interface Unmatched {
  ordId: string
  tradeId: string | null
  /** Epoch milliseconds. */
  at: number
}

export interface TradeMatch {
  /** Executions in the time. */
  executions: number
  /** Trades that were found after they had been missing. */
  repaired: number
  /** Bills of trades without their execution, and the reverse, that OKX does not explain. */
  missing: Unmatched[]
}

/** The list of recent fills reaches back so far, in milliseconds. */
const RECENT_MS = 3 * 86_400_000

/** What has just happened may be in one list and not yet in the other, in milliseconds. */
const SETTLED_AFTER_MS = 60_000

/** Around a fill, its bill is looked for within so many milliseconds. */
const AROUND_MS = 2_000

/**
 * Checks that every trade has both its bill and its execution, and reads again what is missing. Which of
 * the two bills of a spot trade a fill names is not documented: they are matched by order and trade.
 *
 * @param since epoch milliseconds by OKX's clock
 */
export async function matchTrades(recovering: Recovering, since: number): Promise<TradeMatch> {
  const { account, rest } = recovering
  const now = await rest.venue.now()
  const until = now - SETTLED_AFTER_MS
  const window = { accountId: account.id, since, until }
  const bills = await billsWithoutExecution(window)
  for (const { ordId, at } of bills) {
    await readFills(recovering, { ordId, begin: at - AROUND_MS }, now - at < RECENT_MS)
  }
  const fills = await executionsWithoutBill(window)
  for (const { at } of fills) {
    await recoverBills(recovering, at, { begin: at - AROUND_MS, end: at + AROUND_MS })
  }
  const missing =
    bills.length + fills.length > 0
      ? [...(await billsWithoutExecution(window)), ...(await executionsWithoutBill(window))]
      : []
  return {
    executions: await countExecutions(window),
    repaired: bills.length + fills.length - missing.length,
    missing,
  }
}

interface Window {
  accountId: number
  since: number
  until: number
}

/** The kinds of bills that a trade makes: trade, liquidation, ADL, hedge, and trade of a block. */
const TRADE_BILLS = ['2', '5', '9', '13', '14']

/** Trades in the book have one number in both; forced ones are matched by the bill. */
const SAME = `executions.account_id = okx_bills.account_id and executions.ord_id = coalesce(okx_bills.ord_id, '')
  and (executions.trade_id = okx_bills.trade_id or executions.bill_id = okx_bills.bill_id)`

async function billsWithoutExecution({ accountId, since, until }: Window): Promise<Unmatched[]> {
  const rows = await db
    .from('okx_bills')
    .where('account_id', accountId)
    .whereBetween('ts', [since, until])
    .whereIn('type', TRADE_BILLS)
    .whereNotNull('trade_id')
    .whereRaw(`not exists (select 1 from executions where ${SAME})`)
    .orderBy('id')
    .select('ord_id', 'trade_id', 'ts')
  return rows.map((row) => ({
    ordId: row.ord_id ?? '',
    tradeId: row.trade_id,
    at: Number(row.ts),
  }))
}

async function executionsWithoutBill({ accountId, since, until }: Window): Promise<Unmatched[]> {
  const rows = await db
    .from('executions')
    .where('account_id', accountId)
    .whereBetween('event_time', [since, until])
    .whereRaw(`not exists (select 1 from okx_bills where ${SAME})`)
    .orderBy('id')
    .select('ord_id', 'trade_id', 'event_time')
  return rows.map((row) => ({
    ordId: row.ord_id,
    tradeId: row.trade_id,
    at: Number(row.event_time),
  }))
}

async function countExecutions({ accountId, since, until }: Window): Promise<number> {
  const [row] = await db
    .from('executions')
    .where('account_id', accountId)
    .whereBetween('event_time', [since, until])
    .count('* as executions')
  return Number(row.executions)
}
