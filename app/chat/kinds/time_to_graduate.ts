import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { FactRow } from '#facts/define_fact'
import type { Reader } from '#chat/reader'

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/**
 * How long a token took from its launch to its graduation, in milliseconds; null where the launch is
 * not stored, or did not graduate.
 */
export async function timeToGraduate(
  client: QueryClientContract,
  { kind, source, token_address: token, event_time: graduatedAt }: FactRow
): Promise<number | null> {
  if (kind !== 'graduated') {
    return null
  }
  const created = await client
    .from('launch_events')
    .where({ token_address: token, source, kind: 'created' })
    .whereNull('removed_at')
    .select('event_time')
    .first()
  const ms = created ? Number(graduatedAt) - Number(created.event_time) : null
  return ms !== null && ms >= 0 ? ms : null
}

/** A time as people say it, in its two largest units: `6 min, 12 sec`. */
export function spanText(ms: number, { locale }: Pick<Reader, 'locale'>): string {
  const total = Math.round(ms / 1000)
  const days = Math.floor(total / DAY)
  const hours = Math.floor((total % DAY) / HOUR)
  const minutes = Math.floor((total % HOUR) / MINUTE)
  const seconds = total % MINUTE
  const parts = days > 0 ? { days, hours } : hours > 0 ? { hours, minutes } : { minutes, seconds }
  return new Intl.DurationFormat(locale, { style: 'short' }).format(parts) || '0'
}
