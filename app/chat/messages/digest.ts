import accountsConfig from '#config/accounts'
import type { ChatEntry } from '#chat/kinds/chat_kind'
import { chatKinds } from '#chat/kinds/registry'
import { fitted, type FittedText, type MessageLimits, WECHAT_LIMITS } from '#chat/messages/fitted'
import { nearlyLines, type NearlyThere } from '#chat/messages/nearly_there'
import type { Reader } from '#chat/reader'

/** What is told in one message. */
export interface Digest {
  entries: readonly ChatEntry[]
  /** What there is to tell of the user's own account. */
  notices: readonly string[]
  /** What was told and has been taken back since: a reorg removed it. */
  removed: readonly ChatEntry[]
  /** New tokens that are only counted. */
  counted: number
  /** What became too old while it waited. */
  expired: number
  /** Earlier pushes of which it is not certain that the phone has shown them. */
  unconfirmed: number
  /** Tokens that are about to graduate, for users who want to know. */
  nearly: readonly NearlyThere[]
  /** What is left until the user writes; null: nothing to say of it. */
  footer: string | null
}

/**
 * Many events in one message, the newest first. What does not fit is counted, by whole entries.
 *
 * @returns the text, and how many of the entries are shown in it
 */
export function digestText(
  digest: Digest,
  reader: Reader,
  limits: MessageLimits = WECHAT_LIMITS
): FittedText {
  const { t } = reader
  const { entries, notices, removed, expired, unconfirmed, nearly, footer } = digest
  const newest = entries.toSorted((one, other) => other.happenedAt - one.happenedAt)
  const notes = [
    ...(nearly.length > 0 ? nearlyLines(nearly, reader) : []),
    expired > 0 ? t('digest.expired', { count: expired }) : null,
    unconfirmed > 0 ? t('digest.unconfirmed', { count: unconfirmed }) : null,
    footer,
  ].filter((line) => line !== null)

  // What does not hold any more comes before what is new: users may have acted on it.
  const first = [...notices, ...removed.map(({ removedLine }) => removedLine)]
  const { text, shown } = fitted(
    {
      head: [headOf(digest, newest, reader)],
      entries: [...first, ...newest.map(({ line }) => line)],
      foot: (leftOut) => [...(leftOut > 0 ? [restLine(leftOut, reader)] : []), ...notes],
    },
    limits
  )
  return { text, shown: Math.max(0, shown - first.length) }
}

/** `7 graduations · 09:10–09:22 · 312 more new tokens` */
function headOf(
  { notices, counted }: Digest,
  newest: readonly ChatEntry[],
  { t, moment }: Reader
): string {
  const own = notices.length > 0 ? [t('digest.notices', { count: notices.length })] : []
  const counts = countables().flatMap((name) => {
    const count = newest.filter(({ countedAs }) => countedAs === name).length
    return count > 0 ? [t(`digest.${name}`, { count })] : []
  })
  const first = newest.at(-1)?.happenedAt
  const last = newest[0]?.happenedAt
  const span =
    first === undefined || last === undefined ? [] : [spanOf(moment(first), moment(last))]
  const rest = counted > 0 ? [t('digest.counted', { count: counted })] : []
  return [...own, ...counts, ...span, ...rest].join(' · ') || t('digest.nothing')
}

/** What the head counts: each happening, or the kind as a whole, and what is of no kind. */
function countables(): string[] {
  const named = chatKinds.flatMap(({ name, happenings }) => [...Object.keys(happenings), name])
  return [...named, 'other']
}

/** The day is said once where it is the same. */
function spanOf(first: string, last: string): string {
  if (first === last) return first
  const [day, time] = last.split(' ')
  return time !== undefined && first.startsWith(`${day} `) ? `${first}–${time}` : `${first}–${last}`
}

function restLine(count: number, { t }: Reader): string {
  const site = accountsConfig.appUrl
  return site ? t('digest.restAt', { count, url: site }) : t('digest.rest', { count })
}
