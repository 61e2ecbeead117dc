import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { okxPosition } from '#facts/okx_position'
import {
  factColumns,
  factTable,
  isOutdated,
  type Changed,
  type Heard,
  type StoredState,
} from '#collectors/okx/ingest/heard'
import type { Instruments } from '#collectors/okx/ingest/instruments'
import { realSize } from '#sources/okx/contract_size'
import { liquidationOfEvent } from '#sources/okx/liquidation'
import { sameNumber } from '#sources/okx/order'
import { changeHash, type OkxPosition } from '#sources/okx/position'

const EVENTS = factTable(okxPosition, { content_hash: 'text' })

/** A position as it is stored. */
interface Stored extends StoredState {
  id: number
  pos: string
  avgPx: string | null
}

/**
 * Stores the latest state of positions, and each change of size or average price as an event. `pos` of
 * 0 is a position that was closed; one that was never seen open is none.
 *
 * @param now epoch milliseconds
 */
export async function storePositions(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  instruments: Instruments,
  now: number
) {
  const told = heard.flatMap((one) => one.positions.map((changed) => ({ heard: one, changed })))
  if (told.length === 0) {
    return
  }
  const stored = await readStored(
    trx,
    told.map(({ changed }) => changed.said.posId)
  )
  for (const { heard: from, changed } of told) {
    const { said } = changed
    const key = `${from.account.id} ${said.posId}`
    const before = stored.get(key)
    const isClosed = Number(said.pos) === 0
    if ((before && isOutdated(from, said, before)) || (!before && isClosed)) {
      continue
    }
    if (changes(before, said)) {
      const event = eventOf(from, changed, before, instruments, now)
      const isNew = from.isStart || (await insertRows(trx, EVENTS, [event])) > 0
      // A push may come again, behind others of the same millisecond; a list says what is now.
      if (!isNew && from.origin === 'push') continue
    }
    const id = await put(trx, from, said, before, instruments, now)
    const { pos, avgPx, updatedAt } = said
    stored.set(key, { id, pos, avgPx: avgPx ?? before?.avgPx ?? null, updatedAt, storedAt: now })
  }
}

async function readStored(trx: TransactionClientContract, posIds: string[]) {
  const rows = await trx
    .from('positions')
    .whereIn('pos_id', [...new Set(posIds)])
    .select('id', 'account_id', 'pos_id', 'pos', 'avg_px', 'venue_updated_at', 'updated_at')
  return new Map<string, Stored>(
    rows.map((row) => [
      `${row.account_id} ${row.pos_id}`,
      {
        id: Number(row.id),
        pos: row.pos,
        avgPx: row.avg_px,
        updatedAt: Number(row.venue_updated_at),
        storedAt: Number(row.updated_at),
      },
    ])
  )
}

function changes(before: Stored | undefined, { pos, avgPx }: OkxPosition): boolean {
  if (!before || !sameNumber(before.pos, pos)) {
    return true
  }
  return avgPx !== null && before.avgPx !== null && !sameNumber(before.avgPx, avgPx)
}

function eventOf(
  heard: Heard,
  { said, cause }: Changed<OkxPosition>,
  before: Stored | undefined,
  instruments: Instruments,
  now: number
) {
  const isClosed = Number(said.pos) === 0
  return {
    ...factColumns(heard, said.updatedAt, now),
    change: isClosed ? 'closed' : 'changed',
    pos_id: said.posId,
    inst_type: said.instType,
    inst_id: said.instId,
    mgn_mode: said.mgnMode,
    pos_side: said.posSide,
    pos: said.pos,
    previous_pos: before?.pos ?? null,
    base_sz: sizeOf(heard, said, instruments),
    avg_px: said.avgPx,
    ccy: said.ccy,
    cause,
    liquidation: liquidationOfEvent(cause),
    content_hash: changeHash(said.updatedAt, said.pos, said.avgPx),
  }
}

function sizeOf({ account }: Heard, said: OkxPosition, instruments: Instruments): string | null {
  const instrument = instruments.known(account.environment, said.instId)
  return realSize(said.instType, said.pos, null, instrument).baseSz
}

/** Writes the state of a position; what this message leaves out stays as it was told before. */
async function put(
  trx: TransactionClientContract,
  heard: Heard,
  said: OkxPosition,
  before: Stored | undefined,
  instruments: Instruments,
  now: number
): Promise<number> {
  const isClosed = Number(said.pos) === 0
  const told = {
    avg_px: said.avgPx,
    avail_pos: said.availPos,
    lever: said.lever,
    liq_px: said.liqPx,
    margin: said.margin,
    realized_pnl: said.realizedPnl,
    opened_at: said.openedAt,
    ccy: said.ccy,
    mgn_mode: said.mgnMode,
    pos_side: said.posSide,
  }
  const row = {
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)),
    status: isClosed ? 'closed' : 'open',
    inst_type: said.instType,
    inst_id: said.instId,
    pos: said.pos,
    base_sz: sizeOf(heard, said, instruments),
    closed_at: isClosed ? said.updatedAt : null,
    venue_updated_at: said.updatedAt,
    raw: JSON.stringify(said.raw),
    updated_at: now,
  }
  if (before) {
    await trx.from('positions').where('id', before.id).update(row)
    return before.id
  }
  const { id: account, ownerId } = heard.account
  const [inserted] = await trx
    .knexQuery()
    .table('positions')
    .insert({ ...row, account_id: account, owner_id: ownerId, pos_id: said.posId, created_at: now })
    .returning('id')
  return Number(inserted.id)
}
