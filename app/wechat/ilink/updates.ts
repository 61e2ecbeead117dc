import { textOf, type Answer, type ServerRefusal } from '#wechat/ilink/answer'
import { readInbound, type InboundMessage } from '#wechat/ilink/inbound'

/** What a poll brought. */
export type Updates =
  | {
      /** `idle`: nothing was written. */
      kind: 'messages' | 'idle'
      messages: InboundMessage[]
      /** The position to ask from next; null: keep the old one. */
      cursor: string | null
      /** How long the server holds the next poll, in milliseconds; null: as before. */
      holdMs: number | null
    }
  /** Neither messages nor a cursor. Once it is an accident; three times in a row the login has lapsed. */
  | { kind: 'lapsed' }
  | ({ kind: 'dead' | 'refused' } & ServerRefusal)

/** The longest hold that is believed, in milliseconds. */
const LONGEST_HOLD_MS = 120_000

export function readUpdates(answer: Answer): Updates {
  if (answer.kind !== 'ok') {
    return answer
  }
  const { msgs, get_updates_buf: buffer, longpolling_timeout_ms: hold } = answer.members
  const cursor = textOf(buffer)
  if (!Array.isArray(msgs) && cursor === null) {
    return { kind: 'lapsed' }
  }
  const messages = Array.isArray(msgs) ? msgs.map(readInbound) : []
  const holdMs = Number(hold) > 0 ? Math.min(Number(hold), LONGEST_HOLD_MS) : null
  return { kind: messages.length > 0 ? 'messages' : 'idle', messages, cursor, holdMs }
}
