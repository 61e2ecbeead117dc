import type User from '#models/user'
import { displayText } from '#feed/display_text'
import { readerOf } from '#chat/reader'
import type { Chat, ChatAnswer } from '#chat/commands/command'
import { commands } from '#chat/commands/commands'
import { readCommand } from '#chat/commands/read_command'
import { shortened, WECHAT_LIMITS } from '#chat/messages/fitted'

/**
 * Answers what a user has said in a chat, typed or spoken (then its transcript). Commands read and
 * change what is stored about the user, and nothing else: sending the text is the channel's work.
 *
 * @param said as the chat app handed it over
 * @param now epoch milliseconds
 */
export async function answerCommand(
  user: User,
  said: string,
  now: number,
  chat: Chat
): Promise<ChatAnswer> {
  const reader = await readerOf(user)
  const read = readCommand(said, commands)

  if ('command' in read) {
    const { command, words } = read
    if (command.isPrivate && chat.isGroup) {
      return { text: reader.t('inPrivate'), command: command.name, effects: [] }
    }
    const reply = await command.reply({ user, words, chat, reader, clock: { now: () => now } })
    const { text, effects } = typeof reply === 'string' ? { text: reply, effects: [] } : reply
    return { text: shortened(text, chat.limits ?? WECHAT_LIMITS), command: command.name, effects }
  }
  if (read.unknown !== null) {
    const { unknown, meant } = read
    const text = reader.t(meant ? 'unknown.meant' : 'unknown.none', {
      word: displayText(unknown),
      meant,
    })
    return { text, command: null, effects: [] }
  }
  return chat.isHinted
    ? { text: null, command: null, effects: [] }
    : { text: reader.t('hint'), command: null, effects: ['hinted'] }
}
