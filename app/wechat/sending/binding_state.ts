import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import WechatBotBinding from '#models/wechat_bot_binding'
import { gate, STATE_PARTS } from '#wechat/sending/gate'
import type { GateEvent, GateState } from '#wechat/sending/gate'

/** The state of a binding as it was read. */
export function stateOf(binding: WechatBotBinding): GateState {
  return Object.fromEntries(STATE_PARTS.map((part) => [part, binding[part]])) as GateState
}

/**
 * Counts a message before its request, in the transaction that stores the message. Of two that count
 * at once, one is told that the state is not what it has seen.
 *
 * @param binding as it was decided on, by the process that polls it
 * @returns false when it has ended, another process polls it, or its state has changed since
 */
export async function reserveSend(
  client: TransactionClientContract,
  binding: WechatBotBinding,
  event: Extract<GateEvent, { kind: 'sending' }>,
  now: number
): Promise<boolean> {
  const { id, pollOwner, pollFence, inboundSeq, sendsSinceInbound } = binding
  const state = gate(stateOf(binding), event, now)
  const updated = await rowsOf(
    client,
    `update wechat_bot_bindings set ${STATE_COLUMNS.map((name) => `${name} = ?`).join(', ')},
       updated_at = ?
     where id = ? and status = 'active' and poll_owner = ? and poll_fence = ? and inbound_seq = ?
       and sends_since_inbound = ?
     returning id`,
    [
      ...STATE_PARTS.map((part) => state[part]),
      ...[now, id, pollOwner, pollFence, inboundSeq, sendsSinceInbound],
    ]
  )
  return updated.length === 1
}

const STATE_COLUMNS = STATE_PARTS.map((part) =>
  WechatBotBinding.$keys.attributesToColumns.resolve(part)
)

/**
 * Learns from what became of a message. When the user has written meanwhile it is a matter of an
 * earlier window, and teaches nothing about this one.
 *
 * @param words those of a refusal, for people
 */
export async function learnFrom(
  client: TransactionClientContract,
  { id, inboundSeq }: Pick<WechatBotBinding, 'id' | 'inboundSeq'>,
  { event, words }: { event: GateEvent; words: string | null },
  now: number
): Promise<void> {
  const binding = await WechatBotBinding.query({ client })
    .where({ id, inboundSeq })
    // Without its token: opening it takes longer than the rest.
    .select('id', ...STATE_PARTS)
    .forUpdate()
    .first()
  if (binding) {
    const refusal = words === null ? {} : { refusalText: words }
    await WechatBotBinding.query({ client })
      .where('id', id)
      .update({ ...gate(stateOf(binding), event, now), ...refusal, updatedAt: now })
  }
}
