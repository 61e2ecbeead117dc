import User from '#models/user'
import type TelegramChat from '#models/telegram_chat'
import { answerCommand } from '#chat/commands/answer_command'
import type { Chat } from '#chat/commands/command'
import { readerOf } from '#chat/reader'
import { activeChat, moveChat, takeUpChat } from '#telegram/binding/chats'
import { bindChat } from '#telegram/binding/bind_chat'
import { retireChat } from '#telegram/binding/retire_chat'
import { TELEGRAM_LIMITS } from '#telegram/bot_api/html'
import type { UpdateContent } from '#telegram/bot_api/updates'
import { answerButton } from '#telegram/polling/answer_button'
import { reply, type Answering } from '#telegram/polling/answering'
import { saidOf, type Said } from '#telegram/polling/said'
import { mayCommand, maySpeakFor } from '#telegram/polling/group_rights'
import type { StoredUpdate } from '#telegram/polling/store_updates'
import { TELEGRAM } from '#telegram/sending/telegram_subscribers'

/** Plain words are answered with a hint once in so many milliseconds. */
const HINT_AGAIN_MS = 24 * 3_600_000

/** Does what an update asks for, and answers it. */
export async function answerUpdate(answering: Answering, { chat, content }: StoredUpdate) {
  const { clock, username } = answering
  switch (content.kind) {
    case 'moved':
      return moveChat(chat.id, content.toId, clock.now())
    case 'closed':
      return retireChat({ chat_id: chat.id }, content.words, clock.now())
    case 'pressed':
      return answerButton(answering, chat, content)
    case 'said': {
      const said = saidOf(content.text, chat.kind, username)
      const text = said && (await answerTo(answering, chat, content, said))
      if (text) await reply(answering, chat.id, text)
    }
  }
}

type Spoken = Extract<UpdateContent, { kind: 'said' }>

/** Null: nothing is to be said. */
async function answerTo(
  answering: Answering,
  chat: StoredUpdate['chat'],
  content: Spoken,
  said: Said
): Promise<string | null> {
  const { clock } = answering
  if (said.code !== null) {
    return bind(answering, chat, content, said.code)
  }
  const back = said.isStart && chat.kind === 'private' ? await takeUpChat(chat.id, clock) : null
  const bound = back ?? (await activeChat(chat.id))
  if (!bound) {
    return said.isAddressed ? wordsFor(content, 'unbound') : null
  }
  const user = await User.findOrFail(bound.userId)
  if (bound.kind === 'group' && !(await mayCommand(answering, bound, content))) {
    return said.isAddressed ? wordsFor(user, 'notYours') : null
  }
  return command(user, bound, said.text, clock.now())
}

async function bind(
  answering: Answering,
  chat: StoredUpdate['chat'],
  content: Spoken,
  code: string
): Promise<string> {
  // Asked before the code is used: another person in the group may use it.
  if (chat.kind === 'group' && !(await maySpeakFor(answering, chat.id, content))) {
    return wordsFor(content, 'adminsOnly')
  }
  const bound = await bindChat(code, chat, content.personId, answering.clock)
  if (typeof bound === 'string') {
    return wordsFor(content, bound)
  }
  const user = await User.findOrFail(bound.userId)
  return wordsFor(user, chat.kind === 'group' ? 'boundGroup' : 'bound')
}

async function command(user: User, bound: TelegramChat, text: string, now: number) {
  const isHinted = bound.hintedAt !== null && bound.hintedAt > now - HINT_AGAIN_MS
  const chat: Chat = {
    channel: TELEGRAM,
    targetId: bound.id,
    left: null,
    openUntil: null,
    isHinted,
    limits: TELEGRAM_LIMITS,
    isGroup: bound.kind === 'group',
  }
  const answer = await answerCommand(user, text, now, chat)
  if (answer.effects.includes('hinted')) await bound.merge({ hintedAt: now }).save()
  return answer.text
}

/** A text of `chat.telegram`, in the language of an account or of a person's app. */
async function wordsFor({ language }: Pick<User, 'language'>, key: string): Promise<string> {
  const { t } = await readerOf({ language, timeZone: null })
  return t(`telegram.${key}`)
}
