import db from '@adonisjs/lucid/services/db'
import type ChatPreference from '#models/chat_preference'
import type TelegramChat from '#models/telegram_chat'
import type { ChatLink } from '#chat/kinds/chat_kind'
import { digestText } from '#chat/messages/digest'
import { shortened } from '#chat/messages/fitted'
import { isToldAlone, readDigest, singleMessage } from '#chat/messages/told_message'
import type { Reader } from '#chat/reader'
import { countUncounted } from '#delivery/messages/linked_jobs'
import type { DueJob } from '#delivery/queue/job'
import type { Button } from '#telegram/bot_api/bot_api_client'
import { TELEGRAM_LIMITS } from '#telegram/bot_api/html'
import type { Push } from '#telegram/sending/stored_message'
import { TELEGRAM_MESSAGES } from '#telegram/sending/telegram_subscribers'

/** Who a push is written for, and what is known at that moment. */
export interface Addressee {
  chat: TelegramChat
  preference: ChatPreference
  reader: Reader
  /** Epoch milliseconds. */
  now: number
}

/** What the button below a push says to the bot: no pushes for an hour. 64 bytes at most. */
export const MUTE_BUTTON = 'mute 1h'

/** The message that tells of jobs: one new event by itself, all else as a digest. */
export function compose(jobs: readonly DueJob[], addressee: Addressee): Promise<Push> {
  return isToldAlone(jobs, addressee.now) ? single(jobs[0]!, addressee) : digest(jobs, addressee)
}

/** Its links stand on buttons. */
async function single(job: DueJob, addressee: Addressee): Promise<Push> {
  const { reader, preference, now } = addressee
  const sending = { now, hasLinks: false, footer: null }
  const { text, links } = await singleMessage(job, addressee, sending)
  return {
    kind: 'single',
    text: shortened(text, TELEGRAM_LIMITS),
    buttons: buttonsFor(preference.hasLinks ? links : [], reader),
    jobs: [job],
    counted: null,
  }
}

async function digest(jobs: readonly DueJob[], addressee: Addressee): Promise<Push> {
  const { chat, reader } = addressee
  const { digest: told, counted } = await readDigest(jobs, addressee, chat.summaryAfterId, {
    expired: await countUncounted(db.connection(), TELEGRAM_MESSAGES, chat.id),
    unconfirmed: 0,
    footer: null,
  })
  const { text } = digestText(told, reader, TELEGRAM_LIMITS)
  return { kind: 'digest', text, buttons: buttonsFor([], reader), jobs, counted }
}

/** Telegram takes links to public hosts alone. */
function buttonsFor(links: readonly ChatLink[], { t }: Reader): Button[][] {
  const shown = links.filter(({ url }) => URL.parse(url)?.hostname.includes('.'))
  const row = shown.map(({ name, url }) => ({ text: t(`links.${name}`), url }))
  const mute = { text: t('links.mute'), callback_data: MUTE_BUTTON }
  return [...(row.length > 0 ? [row] : []), [mute]]
}
