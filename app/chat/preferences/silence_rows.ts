import { timeZoneOf } from '#chat/reader'
import { silenceOf, type Silence } from '#chat/preferences/quiet_hours'

/** What a row has of a user and his preferences; without preferences all but the user's is null. */
export interface SilenceRow {
  language: string | null
  time_zone: string | null
  muted_until: number | string | null
  quiet_from: number | null
  quiet_until: number | null
}

/** The columns of `users` and `chat_preferences` that it is read from. */
export const SILENCE_COLUMNS = 'language, time_zone, muted_until, quiet_from, quiet_until'

/** Whether the user of a row wants to be left alone at `now`, in epoch milliseconds. */
export function silenceInRow(row: SilenceRow, now: number): Silence | null {
  const { language, time_zone: timeZone, muted_until: muted } = row
  const quiet = { quietFrom: row.quiet_from, quietUntil: row.quiet_until }
  const mutedUntil = muted === null ? null : Number(muted)
  return silenceOf({ ...quiet, mutedUntil }, timeZoneOf({ language, timeZone }), now)
}
