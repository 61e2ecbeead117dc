import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { LeaseLostError } from '#foundation/db/lease'
import { rowsOf } from '#foundation/db/statement'
import { writeTransaction } from '#foundation/db/transaction'
import type { InboundMessage } from '#wechat/ilink/inbound'
import type { HeldBinding } from '#wechat/polling/polling_lease'
import { receivedMessages, type ReceivedMessage } from '#wechat/polling/received_message'
import { acceptLate } from '#delivery/messages/linked_jobs'
import { WECHAT_MESSAGES } from '#wechat/sending/wechat_subscribers'

/** What a poll has brought, and the position that it was asked from. */
export interface Brought {
  messages: readonly InboundMessage[]
  from: string
  /** The position to ask from next; null: the old one stays. */
  cursor: string | null
}

/** A message that was stored just now and is to be answered. */
export interface NewMessage {
  id: number
  /** What was written or said; null where there are no words. */
  text: string | null
}

interface Polling extends HeldBinding {
  owner: string
  userWxId: string
}

/**
 * Stores the messages of a poll with the position behind them, the newest context token and the
 * window that they open, all or nothing. What was handed out is not handed out again, so nothing
 * slow comes before this. A message that was stored before opens nothing and is not answered.
 *
 * @param now epoch milliseconds
 * @returns those to answer, in their order
 * @throws LeaseLostError when another process polls the binding now, or none is to
 */
export function storeUpdates(
  polling: Polling,
  { messages, from, cursor }: Brought,
  now: number
): Promise<NewMessage[]> {
  const { id: bindingId, userWxId } = polling
  return writeTransaction(async (trx) => {
    const before = await holdBinding(trx, polling, cursor ?? from, now)
    await confirmOwn(trx, bindingId, messages, now)

    const received = receivedMessages(messages, { userWxId, cursor: from, now })
    const fresh: ReceivedMessage[] = []
    const unanswered: NewMessage[] = []
    for (const message of received) {
      const { id, isNew } = await insertMessage(trx, bindingId, message, now)
      if (isNew) fresh.push(message)
      if (id !== null) unanswered.push({ id, text: message.text })
    }
    await openWindow(trx, bindingId, { received, fresh }, before)
    return unanswered
  })
}

/** Notes how many answers in a row have looked like those of a login that has lapsed. */
export async function noteLapse({ id, owner, fence }: Polling, lapses: number) {
  await db
    .from('wechat_bot_bindings')
    .where({ id, poll_owner: owner, poll_fence: fence })
    .update({ lapses })
}

/** How a binding stands before what a poll brought is stored. */
interface Before {
  lastInboundAt: number
  hasToken: boolean
}

/** Moves the position on, and keeps every other process from storing for the binding meanwhile. */
async function holdBinding(
  trx: TransactionClientContract,
  { id, owner, fence }: Polling,
  cursor: string,
  now: number
): Promise<Before> {
  const [row] = await rowsOf<{
    last_inbound_at: number | string | null
    context_token: string | null
  }>(
    trx,
    `update wechat_bot_bindings set cursor = ?, last_poll_at = ?, lapses = 0, updated_at = ?
     where id = ? and status = 'active' and poll_owner = ? and poll_fence = ?
     returning last_inbound_at, context_token`,
    [cursor, now, now, id, owner, fence]
  )
  if (!row) {
    throw new LeaseLostError(`binding ${id}`)
  }
  return { lastInboundAt: Number(row.last_inbound_at ?? 0), hasToken: row.context_token !== null }
}

/** Where a message of our own comes back, it has arrived, whatever its answer said. */
async function confirmOwn(
  trx: TransactionClientContract,
  bindingId: number,
  messages: readonly InboundMessage[],
  now: number
) {
  const clientIds = messages.flatMap(({ isOwn, clientId }) => (isOwn && clientId ? [clientId] : []))
  if (clientIds.length === 0) {
    return
  }
  const confirmed = await trx
    .knexQuery()
    .table('wechat_messages')
    .where('binding_id', bindingId)
    .whereIn('client_id', clientIds)
    .where((doubtful) =>
      doubtful.whereNull('result').orWhereIn('result', ['unknown', 'unconfirmed'])
    )
    .update({ result: 'accepted' })
    .returning('id')
  await acceptLate(
    trx,
    WECHAT_MESSAGES,
    confirmed.map(({ id }) => Number(id)),
    now
  )
}

/**
 * Stores a message unless it was stored before, under this id or another.
 *
 * @returns the id of its row while it is not answered: a commit that was thought lost may have stored it
 */
async function insertMessage(
  trx: TransactionClientContract,
  bindingId: number,
  message: ReceivedMessage,
  now: number
): Promise<{ id: number | null; isNew: boolean }> {
  const { id, fingerprint, writtenAt, kind, command, isAnswered } = message
  const [row] = await rowsOf<{ id: number | string }>(
    trx,
    `insert into wechat_inbound_messages (binding_id, message_id, fingerprint, create_time_ms,
       kind, command, received_at, handled_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id`,
    [bindingId, id, fingerprint, writtenAt, kind, command, now, isAnswered ? null : now]
  )
  if (row) {
    return { id: isAnswered ? Number(row.id) : null, isNew: true }
  }
  const stored = await trx
    .from('wechat_inbound_messages')
    .where({ binding_id: bindingId, fingerprint })
    .whereNull('handled_at')
    .select('id')
    .first()
  return { id: stored ? Number(stored.id) : null, isNew: false }
}

/**
 * A message opens the window anew unless a newer one has. The token of a copy counts as well: it is
 * the newest one, though the message is not. Without any token nothing opens: iLink takes what is sent
 * then, and does not show it to the user.
 */
async function openWindow(
  trx: TransactionClientContract,
  bindingId: number,
  { received, fresh }: { received: readonly ReceivedMessage[]; fresh: readonly ReceivedMessage[] },
  { lastInboundAt, hasToken }: Before
) {
  const isNewest = ({ writtenAt }: ReceivedMessage) => writtenAt >= lastInboundAt
  const token = byTime(received.filter(isNewest)).findLast(({ contextToken }) => contextToken)
  const opening = token || hasToken ? byTime(fresh.filter(isNewest)).at(-1) : undefined

  const changes = {
    ...(token && { context_token: token.contextToken }),
    ...(opening && {
      inbound_seq: trx.knexRawQuery('inbound_seq + 1'),
      last_inbound_at: opening.writtenAt,
      sends_since_inbound: 0,
      pushes_since_inbound: 0,
    }),
  }
  if (token || opening) {
    await trx.from('wechat_bot_bindings').where('id', bindingId).update(changes)
  }
}

function byTime(messages: readonly ReceivedMessage[]): ReceivedMessage[] {
  return messages.toSorted((one, other) => one.writtenAt - other.writtenAt)
}
