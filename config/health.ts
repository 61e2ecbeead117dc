import env from '#start/env'
import type { PushHealthSettings } from '#health/push/push_health_settings'

const MINUTE_MS = 60_000

/** What counts as healthy, and who may ask. Times in milliseconds. */
const healthConfig: PushHealthSettings & { internalKey?: string } = {
  /** What programs show to ask /internal. */
  internalKey: env.get('INTERNAL_API_KEY'),

  isPushing: env.get('WEBHOOK_ENABLED'),
  lookbackMs: 60 * MINUTE_MS,
  settleMs: MINUTE_MS,
  coverage: { degradedBelow: 0.95, criticalBelow: 0.5 },
  silence: { degradedMs: MINUTE_MS, criticalMs: 10 * MINUTE_MS },
  behindBlocks: 200,
  gapMs: 10 * MINUTE_MS,
  retentionMs: env.get('WEBHOOK_RETENTION'),
}

export default healthConfig
