import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { execute, rowsOf } from '#foundation/db/statement'
import { transaction } from '#foundation/db/transaction'
import type { MessageKind } from '#models/wechat_message'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type { ClaimedJob } from '#delivery/queue/job'
import type { SendResult } from '#wechat/ilink/sent'
import { learnFrom, reserveSend } from '#wechat/sending/binding_state'
import { acceptLate, linkUncounted, unlinkJobs } from '#delivery/messages/linked_jobs'
import { attemptOf, storeMessage } from '#delivery/messages/store_message'
import { WECHAT_MESSAGES } from '#wechat/sending/wechat_subscribers'

export interface OutgoingMessage {
  kind: MessageKind
  text: string
  /** The jobs that it tells of. */
  jobs: readonly ClaimedJob[]
  /** How many launches it counts without naming them, and up to which one; null: it counts none. */
  counted: { count: number; throughId: number } | null
  asksToWrite: boolean
}

/**
 * Stores a message and counts it, before its request.
 *
 * @param binding as it was decided on
 * @param now epoch milliseconds
 * @returns its id; null when nothing is to be sent, because what was decided on is not so any more
 */
export async function beginMessage(
  binding: WechatBotBinding,
  message: OutgoingMessage,
  clientId: string,
  now: number
): Promise<number | null> {
  const { kind, jobs, asksToWrite } = message
  const event = { kind: 'sending', message: kind, asksToWrite } as const
  return storeMessage(WECHAT_MESSAGES, jobs, async (trx) =>
    (await reserveSend(trx, binding, event, now))
      ? insertMessage(trx, binding, message, clientId, now)
      : null
  )
}

async function insertMessage(
  trx: TransactionClientContract,
  { id, inboundSeq }: WechatBotBinding,
  { kind, jobs, counted }: OutgoingMessage,
  clientId: string,
  now: number
): Promise<number> {
  const [row] = await rowsOf<{ id: number | string }>(
    trx,
    `insert into wechat_messages
       (binding_id, client_id, kind, created_at, inbound_seq, events, counted, attempt)
     values (?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [id, clientId, kind, now, inboundSeq, jobs.length, counted?.count ?? 0, attemptOf(jobs)]
  )
  return Number(row!.id)
}

/** Writes down what became of a message. Once more has no effect. */
export async function finishMessage(
  binding: WechatBotBinding,
  message: OutgoingMessage,
  messageId: number,
  result: SendResult,
  now: number
): Promise<void> {
  if (message.kind === 'reply' && result.kind === 'accepted') {
    // It tells of no event and teaches nothing, and is the one that is waited for.
    await noteResult(db.connection(), messageId, result, now)
    return
  }
  await transaction(async (trx) => {
    const isNew = await noteResult(trx, messageId, result, now)
    if (isNew) {
      await learn(trx, binding, message.kind, result, now)
    }
    if (result.kind === 'accepted') {
      await acceptLate(trx, WECHAT_MESSAGES, [messageId], now)
    }
    if (isTold(result)) {
      await noteCounted(trx, binding.id, messageId, message.counted)
    } else if (isNew) {
      await unlinkJobs(trx, WECHAT_MESSAGES, messageId)
    }
  })
}

/** @returns false when it was known before */
async function noteResult(
  client: QueryClientContract,
  messageId: number,
  result: SendResult,
  now: number
): Promise<boolean> {
  // Its own copy has come back meanwhile, or it took too long to note and was taken for lost.
  const late = result.kind === 'accepted' ? ` or result in ('accepted', 'unknown')` : ''
  const [name, serverMessageId, ret, errmsg] = columnsOf(result)
  const noted = await rowsOf(
    client,
    `update wechat_messages
     set result = ?, server_message_id = ?, ret = ?, errmsg = ?, answered_at = ?
     where id = ? and (result is null${late}) returning id`,
    [name, serverMessageId, ret, errmsg, now, messageId]
  )
  return noted.length === 1
}

/** The result, the id that the server gave, its code and its words. */
function columnsOf(result: SendResult) {
  switch (result.kind) {
    case 'accepted':
      return ['accepted', result.messageId.slice(0, 32), null, null] as const
    case 'unconfirmed':
      return ['unconfirmed', null, null, null] as const
    case 'refused':
    case 'dead':
      return ['refused', null, result.ret, wordsOf(result)] as const
    case 'unknown':
    case 'unsent':
      return [result.kind, null, null, result.why] as const
  }
}

/** What did not say anything teaches nothing, and a dead token ends the binding. */
async function learn(
  trx: TransactionClientContract,
  binding: WechatBotBinding,
  message: MessageKind,
  result: SendResult,
  now: number
) {
  if (result.kind === 'accepted' || result.kind === 'refused' || result.kind === 'unsent') {
    const words = result.kind === 'refused' ? wordsOf(result) : null
    await learnFrom(trx, binding, { event: { kind: result.kind, message }, words }, now)
  }
}

/** Whether the phone may show it: then nothing of it is told again. */
function isTold({ kind }: SendResult): boolean {
  return kind === 'accepted' || kind === 'unconfirmed' || kind === 'unknown'
}

/** What a message has counted is not counted again. */
async function noteCounted(
  trx: TransactionClientContract,
  bindingId: number,
  messageId: number,
  counted: OutgoingMessage['counted']
) {
  if (counted) {
    await linkUncounted(trx, WECHAT_MESSAGES, bindingId, messageId)
    await execute(
      trx,
      'update wechat_bot_bindings set summary_after_id = ? where id = ? and summary_after_id < ?',
      [counted.throughId, bindingId, counted.throughId]
    )
  }
}

/** A refusal as the server worded it, or its codes where it had no words. */
export function wordsOf({ text, ret, errcode }: Extract<SendResult, { kind: 'refused' | 'dead' }>) {
  return text || `ret ${ret}, errcode ${errcode}`
}
