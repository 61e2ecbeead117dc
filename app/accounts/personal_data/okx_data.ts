import db from '@adonisjs/lucid/services/db'
import OkxAccount from '#models/okx_account'

/** Rows of each table in an export, at most, the newest ones. */
const MOST_ROWS = 10_000

/** What is exported of each table, as it is stored. Whose rows they are, `account_id` says. */
const TABLES = {
  orders: [
    ...['account_id', 'ord_id', 'cl_ord_id', 'status', 'reason', 'venue_state', 'inst_id', 'side'],
    ...['ord_type', 'px', 'sz', 'acc_fill_sz', 'avg_px', 'fee', 'fee_ccy', 'pnl', 'announced_at'],
    ...['verification_status', 'venue_created_at', 'venue_updated_at'],
  ],
  algo_orders: [
    ...['account_id', 'algo_id', 'ord_id', 'state', 'inst_id', 'ord_type', 'side', 'px', 'sz'],
    ...['trigger_px', 'tp_trigger_px', 'sl_trigger_px', 'venue_created_at', 'venue_updated_at'],
  ],
  executions: [
    ...['account_id', 'ord_id', 'trade_id', 'bill_id', 'inst_id', 'side', 'fill_sz', 'fill_px'],
    ...['fee', 'fee_ccy', 'fill_pnl', 'liquidation', 'event_time'],
  ],
  positions: [
    ...['account_id', 'pos_id', 'inst_id', 'status', 'pos', 'avg_px', 'realized_pnl'],
    ...['opened_at', 'closed_at'],
  ],
  balances: ['account_id', 'ccy', 'cash_bal', 'venue_updated_at'],
  okx_bills: [
    ...['account_id', 'bill_id', 'ccy', 'bal', 'bal_chg', 'type', 'sub_type', 'ord_id'],
    ...['trade_id', 'ts'],
  ],
  evidence_packages: [
    ...['evidence_uid', 'content_hash', 'evidence_hash', 'expected_evidence_hash'],
    ...['completeness', 'created_at'],
  ],
} as const

/**
 * A user's accounts at OKX, without their keys, and what is stored of them. Packages of evidence are
 * files of their own, which `/api/v1/evidence/:uid` gives. Times are epoch milliseconds.
 */
export async function okxData(userId: number) {
  const accounts = await OkxAccount.query()
    .select('id', 'label', 'region', 'environment', 'uid', 'created_at', 'removed_at')
    .where('owner_id', userId)
    .orderBy('id')
  const stored = await Promise.all(
    Object.entries(TABLES).map(async ([table, columns]) => [table, await newest(table, columns)])
  )
  return {
    okx_accounts: accounts.map(({ id, label, region, environment, uid, createdAt, removedAt }) => {
      return { id, label, region, environment, uid, since: createdAt, removed_at: removedAt }
    }),
    okx: accounts.length > 0 ? Object.fromEntries(stored) : null,
  }

  function newest(table: string, columns: readonly string[]) {
    return db
      .from(table)
      .where('owner_id', userId)
      .orderBy('id', 'desc')
      .limit(MOST_ROWS)
      .select(...columns)
  }
}
