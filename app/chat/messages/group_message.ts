import type { FactRow } from '#facts/define_fact'
import { isRemoval, type Announcement } from '#facts/registry'
import { readEntries } from '#chat/kinds/registry'
import { isAccountNotice, noticeText } from '#chat/messages/account_notice'
import { digestText } from '#chat/messages/digest'
import { shortened, type MessageLimits } from '#chat/messages/fitted'
import { toldParts } from '#chat/messages/told_parts'
import type { Reader } from '#chat/reader'

interface Told {
  factType: Announcement
  fact: FactRow
}

/** A group has no window that closes, and reads links. */
const IN_GROUPS = { hasLinks: true, footer: null }

/**
 * What a group is told of events: of one all that is known, of several a line each, and of those that
 * do not fit how many they are.
 *
 * @param now when it goes out, in epoch milliseconds
 */
export async function groupMessage(
  told: readonly Told[],
  reader: Reader,
  limits: MessageLimits,
  now: number
): Promise<string> {
  const [first] = told
  const isEvent = !isRemoval(first!.factType) && !isAccountNotice(first!.factType, first!.fact)
  if (told.length === 1 && isEvent) {
    const [entry] = await readEntries(told, reader)
    return shortened(await entry!.text({ ...IN_GROUPS, now }), limits)
  }
  const { removed, notices, events } = toldParts(told)
  const { text } = digestText(
    {
      entries: await readEntries(events, reader),
      notices: notices.map((one) => noticeText(one, reader, IN_GROUPS)),
      removed: await readEntries(removed, reader),
      counted: 0,
      expired: 0,
      unconfirmed: 0,
      nearly: [],
      footer: null,
    },
    reader,
    limits
  )
  return text
}
