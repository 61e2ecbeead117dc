import { TelegramUpdateSchema } from '#database/schema'

/** Something that happened in a chat with the bot and that is answered, once. */
export default class TelegramUpdate extends TelegramUpdateSchema {}
