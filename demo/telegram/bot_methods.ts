import { readHtml, UnreadableHtml } from '#demo/telegram/read_html'
import type { PlayChat, TelegramWorld } from '#demo/telegram/world'

/** Says no as the Bot API does: core.telegram.org/bots/api#making-requests */
export class BotRefusal extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number }
  ) {
    super(description)
  }
}

type Fields = Record<string, any>
type Method = (world: TelegramWorld, fields: Fields) => unknown

/** Characters of a message, once its HTML is read. */
const LONGEST_TEXT = 4096

/** What a button may say to the bot, in bytes. */
const LONGEST_DATA = 64

/** The methods that answer at once; `getUpdates` is the server's. */
export const botMethods: Record<string, Method> = {
  getMe: ({ bot: { id, username } }) => ({ id, is_bot: true, first_name: 'Regou', username }),

  sendMessage(world, fields) {
    const chat = chatIn(world, fields.chat_id)
    const text = textIn(fields)
    if (text.trim() === '') throw new BotRefusal(400, 'Bad Request: message text is empty')
    if (text.length > LONGEST_TEXT) throw new BotRefusal(400, 'Bad Request: message is too long')
    const buttons: Fields[][] = fields.reply_markup?.inline_keyboard ?? []
    buttons.flat().forEach(checkButton)

    const seconds = world.paces.note(chat.id, world.now)
    if (seconds !== null) {
      const parameters = { retry_after: seconds }
      throw new BotRefusal(429, `Too Many Requests: retry after ${seconds}`, parameters)
    }
    const shown = { text, html: fields.parse_mode ? fields.text : '', buttons: buttons as never }
    const id = world.show(chat, shown)
    return {
      message_id: id,
      date: Math.floor(world.now / 1000),
      chat: world.chatFields(chat),
      text,
    }
  },

  answerCallbackQuery(world, { callback_query_id: id, text = '' }) {
    if (world.answered.has(id)) {
      throw new BotRefusal(
        400,
        'Bad Request: query is too old and response timeout expired or query ID is invalid'
      )
    }
    if (text.length > 200) throw new BotRefusal(400, 'Bad Request: MESSAGE_TOO_LONG')
    world.answered.set(id, text)
    return true
  },

  getChatMember(world, { chat_id: chatId, user_id: userId }) {
    const { admins } = chatIn(world, chatId)
    return { status: admins.has(userId) ? 'administrator' : 'member', user: { id: userId } }
  },

  setMyCommands(world, { commands, language_code: language = '' }) {
    const isGood = ({ command, description }: Fields) =>
      /^[a-z\d_]{1,32}$/.test(command) && description.length >= 1 && description.length <= 256
    if (commands.length > 100 || !commands.every(isGood)) {
      throw new BotRefusal(400, 'Bad Request: BOT_COMMAND_INVALID')
    }
    world.commands.set(language, commands)
    return true
  },
}

function chatIn({ chats }: TelegramWorld, id: number): PlayChat {
  const chat = chats.get(id)
  if (!chat) throw new BotRefusal(400, 'Bad Request: chat not found')
  if (chat.movedTo !== null) {
    throw new BotRefusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.movedTo,
    })
  }
  if (chat.closedFor !== null) throw new BotRefusal(403, chat.closedFor)
  return chat
}

function textIn({ text, parse_mode: mode }: Fields): string {
  try {
    return mode === 'HTML' ? readHtml(text) : text
  } catch (error) {
    if (!(error instanceof UnreadableHtml)) throw error
    throw new BotRefusal(400, `Bad Request: can't parse entities: ${error.message}`)
  }
}

function checkButton({ url, callback_data: data }: Fields) {
  if (url !== undefined && !URL.parse(url)?.hostname.includes('.')) {
    throw new BotRefusal(400, `Bad Request: inline keyboard button URL '${url}' is invalid`)
  }
  if (data !== undefined && Buffer.byteLength(data) > LONGEST_DATA) {
    throw new BotRefusal(400, 'Bad Request: BUTTON_DATA_INVALID')
  }
}
