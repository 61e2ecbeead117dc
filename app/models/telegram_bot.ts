import { TelegramBotSchema } from '#database/schema'

/**
 * Why a bot cannot be polled. `unauthorized`: its token is not good. `conflict`: another program
 * polls it. `unreachable`: Telegram does not answer.
 */
export type TelegramTrouble = 'unauthorized' | 'conflict' | 'unreachable'

/** The bot of this installation in Telegram, as `getMe` tells of it, and how far it was read. */
export default class TelegramBot extends TelegramBotSchema {
  declare trouble: TelegramTrouble | null
}
