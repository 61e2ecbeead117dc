import type { Clock } from '#foundation/clock'
import type { BotApiClient } from '#telegram/bot_api/bot_api_client'
import type { ChatSender } from '#telegram/sending/chat_sender'

/** What answering an update needs. */
export interface Answering {
  client: Pick<BotApiClient, 'isAdmin' | 'answerCallbackQuery'>
  sender: ChatSender
  clock: Clock
  /** Of the bot, without the `@`. */
  username: string
}

/** The waits before an answer that did not leave is sent again, in milliseconds. */
const AGAIN_AFTER_MS = [1000, 5000]

/** An answer is worth little later: after two more tries it is dropped. */
export async function reply({ sender, clock }: Answering, chatId: number, text: string) {
  for (const waitMs of [...AGAIN_AFTER_MS, null]) {
    const result = await sender.send(chatId, { text, buttons: [] })
    const pauseMs = result.kind === 'too_fast' ? result.waitMs : waitMs
    const hasLeft = result.kind !== 'unsent' && result.kind !== 'too_fast'
    if (hasLeft || waitMs === null || pauseMs === null) return
    await clock.sleep(pauseMs)
  }
}
