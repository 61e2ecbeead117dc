import type TelegramChat from '#models/telegram_chat'
import type { BotApiClient } from '#telegram/bot_api/bot_api_client'

interface Asking {
  client: Pick<BotApiClient, 'isAdmin'>
}

/** Who has spoken in a group, or pressed a button there. */
interface Speaker {
  personId: number
  /** An admin who hides behind the name of the group. */
  isGroupItself?: boolean
}

/** Whether a member is an admin of a group, who may have it told of events. */
export async function maySpeakFor(
  { client }: Asking,
  chatId: number,
  { personId, isGroupItself = false }: Speaker
): Promise<boolean> {
  return isGroupItself || client.isAdmin(chatId, personId)
}

/**
 * Whether a command in a bound group counts: it changes the settings of the account that the group is
 * bound to, so it has to be the person who bound it, as long as that is an admin.
 */
export async function mayCommand(
  asking: Asking,
  { chatId, boundBy }: TelegramChat,
  speaker: Speaker
): Promise<boolean> {
  return speaker.personId === boundBy && maySpeakFor(asking, chatId, speaker)
}
