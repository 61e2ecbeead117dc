import { hash } from 'node:crypto'
import { commands } from '#chat/commands/commands'
import { readCommand } from '#chat/commands/read_command'
import { storable } from '#foundation/text/whole_text'
import type { InboundMessage } from '#wechat/ilink/inbound'

/** After that an answer would surprise, in milliseconds: `/mute 1h` meant another hour. */
export const ANSWERED_WITHIN_MS = 60 * 60_000

/** The same where the position was lost: the server then repeats whatever it still has. */
const ANSWERED_WITHIN_WITHOUT_CURSOR_MS = 10 * 60_000

/** Messages without an id and a time are the same one within so long, in milliseconds. */
const SAME_WITHIN_MS = 10 * 60_000

/** A message as it is stored. */
export interface ReceivedMessage extends InboundMessage {
  /** The same for each copy of a message: a copy may carry another id, and another context token. */
  fingerprint: string
  /** Epoch milliseconds, never in the future. */
  writtenAt: number
  /** What was said, where it is a command: nothing else that people write is kept. */
  command: string | null
  /** False for one that is too old to be answered. */
  isAnswered: boolean
}

/**
 * The messages that the person of a binding has written: no copies of our own, nothing of a group,
 * nothing from another person.
 *
 * @param cursor the position that they were asked from, '' where there was none
 * @param now epoch milliseconds
 */
export function receivedMessages(
  messages: readonly InboundMessage[],
  { userWxId, cursor, now }: { userWxId: string; cursor: string; now: number }
): ReceivedMessage[] {
  const withinMs = cursor === '' ? ANSWERED_WITHIN_WITHOUT_CURSOR_MS : ANSWERED_WITHIN_MS
  return messages
    .filter(({ isOwn, groupId, from }) => !isOwn && groupId === null && from === userWxId)
    .map((message) => {
      const writtenAt = Math.min(message.createdAt ?? now, now)
      return {
        ...message,
        fingerprint: fingerprintOf(message, now),
        writtenAt,
        command: commandIn(message.text),
        isAnswered: now - writtenAt < withinMs,
      }
    })
}

function fingerprintOf({ from, createdAt, id, kind, text }: InboundMessage, now: number): string {
  const moment = createdAt ?? id ?? `about ${Math.floor(now / SAME_WITHIN_MS)}`
  return hash('sha256', JSON.stringify([from, moment, kind, text]))
}

/** The longest command that is kept, in characters. */
const LONGEST_COMMAND = 500

function commandIn(text: string | null): string | null {
  return text !== null && 'command' in readCommand(text, commands)
    ? storable(text, LONGEST_COMMAND)
    : null
}
