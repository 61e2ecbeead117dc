import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { isRemoval, type Announcement } from '#facts/registry'
import type ChatPreference from '#models/chat_preference'
import type { ChatLink, Sending } from '#chat/kinds/chat_kind'
import { readEntries } from '#chat/kinds/registry'
import { isAccountNotice, noticeText } from '#chat/messages/account_notice'
import type { Digest } from '#chat/messages/digest'
import { nearlyThere } from '#chat/messages/nearly_there'
import { countCreated, type Counted } from '#chat/messages/summary'
import { toldParts } from '#chat/messages/told_parts'
import type { Reader } from '#chat/reader'

/** Up to this age an event may be a message of its own, in milliseconds; older ones stand in a digest. */
export const FRESH_MS = 30 * 60_000

/** Tokens that are about to graduate in one digest, at most. */
const MOST_NEARLY = 5

interface Told {
  factType: Announcement
  fact: FactRow
}

/** Who is told. */
interface ToldTo {
  reader: Reader
  preference: ChatPreference
}

/** Whether events are told as one message of the first alone: it is the only one, new, and stands. */
export function isToldAlone(told: readonly Told[], now: number): boolean {
  const [first] = told
  const isFresh = now - Number(first!.fact.event_time) <= FRESH_MS
  return told.length === 1 && !isRemoval(first!.factType) && isFresh
}

/** One event as a message of its own, with the links that buttons may lead to. */
export async function singleMessage(
  told: Told,
  { reader, preference }: ToldTo,
  { footer, ...sending }: Sending
): Promise<{ text: string; links: readonly ChatLink[] }> {
  if (isAccountNotice(told.factType, told.fact)) {
    const notice = noticeText(told, reader, preference)
    return { text: [notice, footer].filter((line) => line !== null).join('\n'), links: [] }
  }
  const [entry] = await readEntries([told], reader)
  return { text: await entry!.text({ footer, ...sending }), links: entry!.links ?? [] }
}

/** What a digest says beside the events that are told in it. */
type Beside = Pick<Digest, 'expired' | 'unconfirmed' | 'footer'>

/**
 * Many events in one message, and the new tokens that it counts.
 *
 * @param summaryAfterId the launch up to which the last message has counted them
 */
export async function readDigest(
  told: readonly Told[],
  { reader, preference }: ToldTo,
  summaryAfterId: number,
  beside: Beside
): Promise<{ digest: Digest; counted: Counted }> {
  const { removed, notices, events } = toldParts(told)
  const entries = await readEntries(events, reader)
  const counted = await countCreated(db.connection(), summaryAfterId)
  const named = entries.filter(({ countedAs }) => countedAs === 'created').length
  const digest = {
    ...beside,
    entries,
    notices: notices.map((one) => noticeText(one, reader, preference)),
    removed: await readEntries(removed, reader),
    counted: Math.max(0, counted.count - named),
    nearly: preference.tellsNearly ? await nearlyThere(db.connection(), MOST_NEARLY) : [],
  }
  return { digest, counted }
}
