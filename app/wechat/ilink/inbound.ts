import { membersOf, textOf, type Members } from '#wechat/ilink/answer'

export type InboundKind = 'text' | 'voice' | 'image' | 'file' | 'video' | 'other'

/** A message that the server handed out. */
export interface InboundMessage {
  /** Exact decimal text of an unsigned 64-bit number; null where the server gave none. */
  id: string | null
  /** Who wrote it: a person (`…@im.wechat`), or the bot itself. */
  from: string
  to: string
  /** Written by the bot: one of our own that came back, with our `clientId`. */
  isOwn: boolean
  clientId: string | null
  /** The protocol has no groups; what carries one is not for us. */
  groupId: string | null
  /** Epoch milliseconds by the server's clock; null where it gave none. */
  createdAt: number | null
  /** Belongs into every message to this person until a newer one comes. */
  contextToken: string | null
  kind: InboundKind
  /** What was written, or the server's transcript of what was said; null where there are no words. */
  text: string | null
}

/** Numbers of the protocol. */
const BOT = 2
const KINDS: Record<number, InboundKind> = {
  1: 'text',
  2: 'image',
  3: 'voice',
  4: 'file',
  5: 'video',
}

/** Reads one entry of `msgs`. What it lacks is null: a message is worth more than its form. */
export function readInbound(value: unknown): InboundMessage {
  const message = membersOf(value)
  const items = Array.isArray(message.item_list) ? message.item_list.map(membersOf) : []
  return {
    id: idOf(message.message_id),
    from: textOf(message.from_user_id) ?? '',
    to: textOf(message.to_user_id) ?? '',
    isOwn: Number(message.message_type) === BOT,
    clientId: textOf(message.client_id),
    groupId: textOf(message.group_id),
    createdAt: timeOf(message.create_time_ms),
    contextToken: textOf(message.context_token),
    kind: KINDS[Number(items[0]?.type)] ?? 'other',
    text: wordsOf(items),
  }
}

/** The exact id that an answer gives a message, or null where it gives none. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && /^[1-9]\d{0,19}$/.test(value) ? value : null
}

function timeOf(value: unknown): number | null {
  const time = Number(value ?? 0)
  return Number.isSafeInteger(time) && time > 0 ? time : null
}

function wordsOf(items: readonly Members[]): string | null {
  const words = items.flatMap(
    (item) =>
      textOf(membersOf(item.text_item).text) ?? textOf(membersOf(item.voice_item).text) ?? []
  )
  return words.length > 0 ? words.join('\n') : null
}
