import type ChatPreference from '#models/chat_preference'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Why a user is told nothing now, and until when (epoch milliseconds). */
export interface Silence {
  reason: 'muted' | 'quiet'
  until: number
}

/** What `/mute` without a time means: until `/unmute`. */
export const FOR_GOOD = Number.MAX_SAFE_INTEGER

/**
 * Whether a user wants to be left alone, because he said so or because it is night where he lives.
 *
 * @param timeZone of the user, by its IANA name
 * @param now epoch milliseconds
 */
export function silenceOf(
  { mutedUntil, quietFrom, quietUntil }: Quiet,
  timeZone: string,
  now: number
): Silence | null {
  if (mutedUntil !== null && mutedUntil > now) {
    return { reason: 'muted', until: mutedUntil }
  }
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) {
    return null
  }
  const length = minutesBetween(quietFrom, quietUntil)
  const since = minutesBetween(quietFrom, minuteOfDay(timeZone, now))
  return since < length
    ? { reason: 'quiet', until: endOfQuiet(timeZone, now, quietUntil, length - since) }
    : null
}

type Quiet = Pick<ChatPreference, 'mutedUntil' | 'quietFrom' | 'quietUntil'>

/** How many minutes later the second minute of the day is. */
function minutesBetween(from: number, until: number): number {
  return (until - from + DAY_MINUTES) % DAY_MINUTES
}

/**
 * The clock may be set forward or back on the way: looked at again where the end should be, it
 * shows by how much. An hour that is left out ends with the clock at a later minute.
 */
function endOfQuiet(timeZone: string, now: number, quietUntil: number, minutes: number): number {
  const expected = Math.floor(now / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS
  const late = minutesBetween(quietUntil, minuteOfDay(timeZone, expected))
  const isAhead = late < DAY_MINUTES / 2
  const corrected = expected - (isAhead ? late : late - DAY_MINUTES) * MINUTE_MS
  return minuteOfDay(timeZone, corrected) === quietUntil ? corrected : expected
}

const formats = new Map<string, Intl.DateTimeFormat>()

function minuteOfDay(timeZone: string, now: number): number {
  const format = formats.get(timeZone) ?? clockOf(timeZone)
  formats.set(timeZone, format)
  const [hours, minutes] = format.format(now).split(':').map(Number)
  return hours! * 60 + minutes!
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  return new Intl.DateTimeFormat('en', options)
}

/** `22:30` as a minute of the day, or null when it is no time. */
export function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/** A minute of the day as a clock shows it. */
export function clockText(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
