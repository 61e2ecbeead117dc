import User from '#models/user'
import { mute } from '#chat/commands/mute'
import { readerOf } from '#chat/reader'
import { activeChat } from '#telegram/binding/chats'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import type { UpdateChat, UpdateContent } from '#telegram/bot_api/updates'
import type { Answering } from '#telegram/polling/answering'
import { mayCommand } from '#telegram/polling/group_rights'
import { MUTE_BUTTON } from '#telegram/sending/compose'
import { TELEGRAM } from '#telegram/sending/telegram_subscribers'

/** Words that a press shows, in characters: core.telegram.org/bots/api#answercallbackquery */
const LONGEST_WORDS = 200

/** Does what a button says, and ends its waiting sign, whatever it was. */
export async function answerButton(
  answering: Answering,
  chat: UpdateChat,
  pressed: Extract<UpdateContent, { kind: 'pressed' }>
) {
  const text = await press(answering, chat, pressed)
  try {
    await answering.client.answerCallbackQuery(pressed.queryId, text.slice(0, LONGEST_WORDS))
  } catch (error) {
    // One that was pressed long ago waits no more.
    if (!(error instanceof BotApiFailure)) throw error
  }
}

async function press(
  answering: Answering,
  { id }: UpdateChat,
  pressed: Extract<UpdateContent, { kind: 'pressed' }>
): Promise<string> {
  const bound = await activeChat(id)
  if (!bound || pressed.data !== MUTE_BUTTON) {
    return ''
  }
  const user = await User.findOrFail(bound.userId)
  const reader = await readerOf(user)
  if (bound.kind === 'group' && !(await mayCommand(answering, bound, pressed))) {
    return reader.t('telegram.notYours')
  }
  const chat = {
    channel: TELEGRAM,
    targetId: bound.id,
    left: null,
    openUntil: null,
    isHinted: true,
  }
  const [, ...words] = MUTE_BUTTON.split(' ')
  const reply = await mute.reply({ user, words, chat, reader, clock: answering.clock })
  return typeof reply === 'string' ? reply : reply.text
}
