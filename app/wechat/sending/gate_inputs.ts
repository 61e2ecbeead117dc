import db from '@adonisjs/lucid/services/db'
import { jsonIds } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import WechatBotBinding from '#models/wechat_bot_binding'
import { SILENCE_COLUMNS, silenceInRow } from '#chat/preferences/silence_rows'
import type { SilenceRow } from '#chat/preferences/silence_rows'
import { closedBy, STATE_PARTS } from '#wechat/sending/gate'
import type { GateState } from '#wechat/sending/gate'
import { NOTHING_WAITS } from '#wechat/sending/next_push'
import type { Waiting, Wish } from '#wechat/sending/next_push'
import { readWaiting } from '#wechat/sending/waiting_pushes'

/** All that the gate of a binding depends on. */
export interface GateInputs {
  binding: GateState & Pick<WechatBotBinding, 'id' | 'failingSince'>
  /** Looked up for open gates alone: behind closed ones most jobs wait, and they decide nothing. */
  waiting: Waiting
  wish: Wish
}

/**
 * Reads what the gates of bindings depend on, of those that a process polls. A sender does so for
 * hundreds every second, hence in one statement and without models.
 *
 * @param owner its name in leases of bindings; null: whichever polls them
 * @param ids of those alone; null: of all
 * @param now epoch milliseconds
 */
export async function readGateInputs(
  owner: string | null,
  ids: readonly number[] | null,
  now: number
): Promise<GateInputs[]> {
  const rows = await readRows(owner, ids)
  const found = rows.map((row) => ({
    binding: bindingOf(row),
    wish: wishOf(row, now),
  }))
  const isOpen = ({ binding, wish }: (typeof found)[number]) =>
    closedBy(binding, now) === null && wish.silence === null
  const waitingFor = await readWaiting(found.filter(isOpen).map(({ binding }) => binding.id))
  return found.map((one) => ({
    ...one,
    waiting: isOpen(one) ? waitingFor(one.binding.id) : NOTHING_WAITS,
  }))
}

const PARTS = ['id', 'failingSince', ...STATE_PARTS] as const

/** Numbers are text where PostgreSQL keeps them in eight bytes. */
type Row = Record<(typeof PARTS)[number], number | string | null> &
  SilenceRow & {
    /** Null: the user has changed no preferences. */
    keeps_alive: boolean | number | null
  }

function readRows(owner: string | null, ids: readonly number[] | null): Promise<Row[]> {
  const client = db.connection()
  const columns = PARTS.map(
    (part) => `binding.${WechatBotBinding.$keys.attributesToColumns.resolve(part)} as "${part}"`
  )
  const conditions = [
    `binding.status = 'active'`,
    ...(owner === null ? [] : ['binding.poll_owner = ?']),
    ...(ids === null ? [] : [`binding.id in ${jsonIds(client)}`]),
  ]
  return rowsOf<Row>(
    client,
    `select ${columns.join(', ')}, keeps_alive, ${SILENCE_COLUMNS}
     from wechat_bot_bindings as binding
     join users on users.id = binding.user_id
     left join chat_preferences as preference on preference.user_id = binding.user_id
     where ${conditions.join(' and ')}
     order by binding.id`,
    [...(owner === null ? [] : [owner]), ...(ids === null ? [] : [JSON.stringify(ids)])]
  )
}

function bindingOf(row: Row): GateInputs['binding'] {
  const values = PARTS.map((part) => [part, numberOf(row[part])])
  return Object.fromEntries(values) as GateInputs['binding']
}

/** What the user wants at this moment. */
function wishOf(row: Row, now: number): Wish {
  return {
    silence: silenceInRow(row, now),
    keepsAlive: row.keeps_alive === null || Boolean(row.keeps_alive),
  }
}

function numberOf(value: number | string | null): number | null {
  return value === null ? null : Number(value)
}
