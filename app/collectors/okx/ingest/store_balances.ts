import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { okxBalance } from '#facts/okx_balance'
import {
  factColumns,
  factTable,
  isOutdated,
  type Changed,
  type Heard,
  type StoredState,
} from '#collectors/okx/ingest/heard'
import { sameNumber } from '#sources/okx/order'
import { changeHash, type OkxBalance } from '#sources/okx/position'

const EVENTS = factTable(okxBalance, { content_hash: 'text' })

/** A balance as it is stored. */
interface Stored extends StoredState {
  id: number
  cashBal: string
}

/**
 * Stores the latest balance of each currency, and each change of the cash in it as an event.
 *
 * @param now epoch milliseconds
 */
export async function storeBalances(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  now: number
) {
  const told = heard.flatMap((one) => one.balances.map((changed) => ({ heard: one, changed })))
  if (told.length === 0) {
    return
  }
  const accounts = [...new Set(told.map(({ heard: { account } }) => account.id))]
  const rows = await trx
    .from('balances')
    .whereIn('account_id', accounts)
    .whereIn('ccy', [...new Set(told.map(({ changed }) => changed.said.ccy))])
    .select('id', 'account_id', 'ccy', 'cash_bal', 'venue_updated_at', 'updated_at')
  const stored = new Map<string, Stored>(
    rows.map((row) => [
      `${row.account_id} ${row.ccy}`,
      {
        id: Number(row.id),
        cashBal: row.cash_bal,
        updatedAt: Number(row.venue_updated_at),
        storedAt: Number(row.updated_at),
      },
    ])
  )
  for (const { heard: from, changed } of told) {
    const { said } = changed
    const key = `${from.account.id} ${said.ccy}`
    const before = stored.get(key)
    if (before && isOutdated(from, said, before)) {
      continue
    }
    if (!before || !sameNumber(before.cashBal, said.cashBal)) {
      const isNew =
        from.isStart || (await insertRows(trx, EVENTS, [eventOf(from, changed, before, now)])) > 0
      // A push may come again, behind others of the same millisecond; a list says what is now.
      if (!isNew && from.origin === 'push') continue
    }
    const id = await put(trx, from, said, before, now)
    stored.set(key, { id, cashBal: said.cashBal, updatedAt: said.updatedAt, storedAt: now })
  }
}

function eventOf(
  heard: Heard,
  { said, cause }: Changed<OkxBalance>,
  before: Stored | undefined,
  now: number
) {
  return {
    ...factColumns(heard, said.updatedAt, now),
    ccy: said.ccy,
    cash_bal: said.cashBal,
    previous_cash_bal: before?.cashBal ?? null,
    cause,
    content_hash: changeHash(said.updatedAt, said.cashBal),
  }
}

/** Writes the balance; what this message leaves out stays as it was told before. */
async function put(
  trx: TransactionClientContract,
  heard: Heard,
  said: OkxBalance,
  before: Stored | undefined,
  now: number
): Promise<number> {
  const told = {
    eq: said.eq,
    avail_bal: said.availBal,
    frozen_bal: said.frozenBal,
    liab: said.liab,
  }
  const row = {
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)),
    cash_bal: said.cashBal,
    venue_updated_at: said.updatedAt,
    raw: JSON.stringify(said.raw),
    updated_at: now,
  }
  if (before) {
    await trx.from('balances').where('id', before.id).update(row)
    return before.id
  }
  const { id: account, ownerId } = heard.account
  const [inserted] = await trx
    .knexQuery()
    .table('balances')
    .insert({ ...row, account_id: account, owner_id: ownerId, ccy: said.ccy, created_at: now })
    .returning('id')
  return Number(inserted.id)
}
