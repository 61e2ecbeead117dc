import env from '#start/env'
import scannerConfig from '#config/scanner'
import type { PushHealthSettings } from '#health/settings'

const MINUTE_MS = 60_000

/** Four.meme and Flap always have something to tell; another chain may be quiet for days, or slow. */
const isNeverQuiet = scannerConfig.chainId === 56

/** What counts as healthy, and who may ask. Times in milliseconds. */
const healthConfig: PushHealthSettings & { internalKey?: string } = {
  /** What programs show to ask /internal. */
  internalKey: env.get('INTERNAL_API_KEY'),

  isPushing: env.get('WEBHOOK_ENABLED'),
  isWechat: env.get('WECHAT_ENABLED'),
  isTelegram: env.get('TELEGRAM_BOT_TOKEN') !== undefined,
  isScanning: scannerConfig.endpoints.length > 0,
  chainId: scannerConfig.chainId,
  lookbackMs: 60 * MINUTE_MS,
  settleMs: MINUTE_MS,
  coverage: { degradedBelow: 0.95, criticalBelow: 0.5 },
  silence: { degradedMs: MINUTE_MS, criticalMs: 10 * MINUTE_MS },
  backups: { folder: env.get('BACKUP_PATH'), oldestMs: env.get('BACKUP_MAX_AGE') },
  stuckMs: 5 * MINUTE_MS,
  backlogMs: 5 * MINUTE_MS,
  slowMs: 10_000,
  behindBlocks: 200,
  // Blocks of BNB Smart Chain are final after a second, and after half a minute where no endpoint says which.
  untimelyMs: isNeverQuiet ? MINUTE_MS : null,
  // A quarter of an hour and an hour of BNB Smart Chain: Four.meme alone has some 16 launches in a minute.
  withoutLogs: isNeverQuiet ? { degradedBlocks: 2_000, criticalBlocks: 8_000 } : null,
  pollMs: env.get('GMGN_INTERVAL'),
  gapMs: 10 * MINUTE_MS,
  retentionMs: env.get('WEBHOOK_RETENTION'),
}

export default healthConfig
