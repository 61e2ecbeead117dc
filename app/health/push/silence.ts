import type { Bad } from '#health/push/findings'
import type { PushHealthSettings } from '#health/push/push_health_settings'

/** How bad it is that somebody has been silent for so long (milliseconds); null while it is not. */
export function silenceLevel(silentMs: number, { silence }: PushHealthSettings): Bad | null {
  if (silentMs >= silence.criticalMs) {
    return 'critical'
  }
  return silentMs >= silence.degradedMs ? 'degraded' : null
}
