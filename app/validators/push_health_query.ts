import vine from '@vinejs/vine'
import { queryOf } from '#validators/strict'

const HOUR_MS = 3_600_000

/** How much of the past may be asked about, in milliseconds: a check costs what was planned in it. */
const WINDOWS = {
  '10m': HOUR_MS / 6,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': 24 * HOUR_MS,
} as const

const NAMES = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]

export const pushHealthQuery = queryOf({
  window: vine
    .enum(NAMES)
    .optional()
    .transform((name) => WINDOWS[name]),
})

export const alertsQuery = queryOf({ state: vine.enum(['open', 'all'] as const).optional() })
