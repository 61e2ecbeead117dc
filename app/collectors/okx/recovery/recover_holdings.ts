import db from '@adonisjs/lucid/services/db'
import { tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import type { Heard } from '#collectors/okx/ingest/heard'
import { readBalance, readPosition } from '#sources/okx/position'
import { rowsIn, timeIn, type OkxRow } from '#sources/okx/row'

/**
 * Reads what the account has now. OKX lists open positions and balances above zero: what was there and
 * is not in the list is over.
 */
export async function recoverHoldings(recovering: Recovering) {
  await recoverPositions(recovering)
  await recoverBalances(recovering)
}

async function recoverPositions(recovering: Recovering) {
  const { account, rest, signal } = recovering
  const askedAt = rest.venue.clock.now()
  const venueNow = await rest.venue.now()
  const { rows } = await rest.ask('/api/v5/account/positions', {}, signal)
  const listed = await tellRows(recovering, 'positions', rows, takePosition, askedAt)
  const open = listed.positions.map(({ said }) => said.posId)
  const over = await db
    .from('positions')
    .where({ account_id: account.id, status: 'open' })
    .whereNotIn('pos_id', open)
    // What came since the answer was asked for is newer than the answer.
    .where('updated_at', '<', askedAt)
    .select('raw')
  const closed = over.map(({ raw }) => JSON.parse(raw) as OkxRow)
  await tellRows(recovering, 'positions', closed, (heard, row) => {
    const said = { ...readPosition(row), pos: '0', updatedAt: venueNow }
    heard.positions.push({ said, cause: null })
  })
}

function takePosition(heard: Heard, row: OkxRow) {
  heard.positions.push({ said: readPosition(row), cause: null })
}

async function recoverBalances(recovering: Recovering) {
  const { account, rest, signal } = recovering
  const askedAt = rest.venue.clock.now()
  const venueNow = await rest.venue.now()
  const { rows } = await rest.ask('/api/v5/account/balance', {}, signal)
  const details = rows.flatMap((row) => rowsIn(row.details))
  const listed = await tellRows(recovering, 'balance', details, takeBalance, askedAt)
  const empty = await db
    .from('balances')
    .where('account_id', account.id)
    .whereNotIn(
      'ccy',
      listed.balances.map(({ said }) => said.ccy)
    )
    .where('updated_at', '<', askedAt)
    .select('raw')
  const spent = empty.map(({ raw }) => JSON.parse(raw) as OkxRow)
  const updatedAt = rows[0] ? (timeIn(rows[0], 'uTime') ?? venueNow) : venueNow
  await tellRows(recovering, 'balance', spent, (heard, row) => {
    heard.balances.push({ said: { ...readBalance(row), cashBal: '0', updatedAt }, cause: null })
  })
}

function takeBalance(heard: Heard, row: OkxRow) {
  heard.balances.push({ said: readBalance(row), cause: null })
}
