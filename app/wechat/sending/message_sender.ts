import { randomUUID } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insist } from '#foundation/db/insist'
import { transaction } from '#foundation/db/transaction'
import type { MessageKind } from '#models/wechat_message'
import type WechatBotBinding from '#models/wechat_bot_binding'
import type { ClaimedJob } from '#delivery/queue/job'
import type { ILinkClient } from '#wechat/ilink/client'
import type { SendResult } from '#wechat/ilink/sent'
import { expireBinding } from '#wechat/polling/expire_binding'
import { learnFrom, reserveSend } from '#wechat/sending/binding_state'
import { acceptLate, linkJobs, linkUncounted, unlinkJobs } from '#wechat/sending/linked_jobs'

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
 * The one mouth of a binding, for answers and pushes alike: counts every message in the database
 * before its request, and writes down what became of it.
 */
export class MessageSender {
  readonly #client: Pick<ILinkClient, 'sendText'>
  readonly #clock: Clock
  readonly #onFault: (error: Error) => void

  /** @param onFault is told why the database could not be written */
  constructor(
    client: Pick<ILinkClient, 'sendText'>,
    clock: Clock,
    onFault: (error: Error) => void
  ) {
    this.#client = client
    this.#clock = clock
    this.#onFault = onFault
  }

  /**
   * Sends one message, to be decided on anew when that answers null: the user has written meanwhile,
   * another message has gone, the binding has ended or is another process's now, or the jobs are.
   *
   * @param binding as it was decided on: its state counts, and its newest context token
   */
  async send(binding: WechatBotBinding, message: OutgoingMessage): Promise<SendResult | null> {
    const clientId = randomUUID()
    const messageId = await this.#begin(binding, message, clientId)
    if (messageId === null) {
      return null
    }
    const { baseUrl, botToken, userWxId, contextToken } = binding
    const result = await this.#client.sendText(
      { baseUrl, botToken },
      { to: userWxId, clientId, contextToken: contextToken ?? '', text: message.text }
    )
    await this.#insist(() => this.#finish(binding, message, messageId, result))
    if (result.kind === 'dead') {
      await this.#insist(() => expireBinding(binding.id, wordsOf(result), this.#clock.now()))
    }
    return result
  }

  /** @returns the id of the stored message; null when nothing is to be sent */
  async #begin(
    binding: WechatBotBinding,
    message: OutgoingMessage,
    clientId: string
  ): Promise<number | null> {
    const now = this.#clock.now()
    const { kind, jobs, counted, asksToWrite } = message
    const event = { kind: 'sending', message: kind, asksToWrite } as const
    try {
      return await transaction(async (trx) => {
        if (!(await reserveSend(trx, binding, event, now))) {
          throw new Outdated()
        }
        const [row] = await trx
          .knexQuery()
          .table('wechat_messages')
          .insert({
            ...{ binding_id: binding.id, client_id: clientId, kind, created_at: now },
            ...{ inbound_seq: binding.inboundSeq, events: jobs.length },
            ...{ counted: counted?.count ?? 0, attempt: attemptOf(jobs) },
          })
          .returning('id')
        if (!(await linkJobs(trx, jobs, Number(row.id)))) {
          throw new Outdated()
        }
        return Number(row.id)
      })
    } catch (error) {
      if (error instanceof Outdated) return null
      throw error
    }
  }

  /** Only this process knows what became of the message. */
  #insist(work: () => Promise<void>): Promise<void> {
    return insist(work, { clock: this.#clock, onFault: this.#onFault })
  }

  /** Once more has no effect. */
  #finish(
    binding: WechatBotBinding,
    { kind, counted }: OutgoingMessage,
    messageId: number,
    result: SendResult
  ): Promise<void> {
    const now = this.#clock.now()
    return transaction(async (trx) => {
      const noted = await trx
        .from('wechat_messages')
        .where('id', messageId)
        .where((open) => {
          open.whereNull('result')
          // Its own copy has come back meanwhile, or it took too long to note and was taken for lost.
          if (result.kind === 'accepted') open.orWhereIn('result', ['accepted', 'unknown'])
        })
        .update({ ...resultColumns(result), answered_at: now })
      const isNew = Number(noted) === 1
      if (isNew) {
        await learn(trx, binding, kind, result, now)
      }
      if (result.kind === 'accepted') {
        await acceptLate(trx, [messageId], now)
      }
      if (isTold(result)) {
        await this.#noteTold(trx, binding.id, messageId, counted)
      } else if (isNew) {
        await unlinkJobs(trx, messageId)
      }
    })
  }

  /** What a message has counted is not counted again. */
  async #noteTold(
    trx: TransactionClientContract,
    bindingId: number,
    messageId: number,
    counted: OutgoingMessage['counted']
  ) {
    if (counted) {
      await linkUncounted(trx, bindingId, messageId)
      await trx
        .from('wechat_bot_bindings')
        .where('id', bindingId)
        .where('summary_after_id', '<', counted.throughId)
        .update({ summary_after_id: counted.throughId })
    }
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

/** What the message was made for is not so any more. */
class Outdated extends Error {}

/** Which try this is at events that travel together. */
function attemptOf(jobs: readonly ClaimedJob[]): number {
  return 1 + Math.max(0, ...jobs.map(({ attempts }) => attempts))
}

/** Whether the phone may show it: then nothing of it is told again. */
function isTold({ kind }: SendResult): boolean {
  return kind === 'accepted' || kind === 'unconfirmed' || kind === 'unknown'
}

function resultColumns(result: SendResult) {
  switch (result.kind) {
    case 'accepted':
      return { result: 'accepted', server_message_id: result.messageId.slice(0, 32) }
    case 'unconfirmed':
      return { result: 'unconfirmed' }
    case 'refused':
    case 'dead':
      return { result: 'refused', ret: result.ret, errmsg: wordsOf(result) }
    case 'unknown':
    case 'unsent':
      return { result: result.kind, errmsg: result.why }
  }
}

function wordsOf({ text, ret, errcode }: Extract<SendResult, { kind: 'refused' | 'dead' }>) {
  return text || `ret ${ret}, errcode ${errcode}`
}
