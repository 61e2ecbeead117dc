import env from '#start/env'
import { version } from '#config/app'
import ocrConfig from '#config/ocr'
import retentionConfig from '#config/retention'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { DEFAULT_WAITS } from '#delivery/lanes/retry_policy'

/**
 * Settings of the webhook sender. Endpoints may have their own; these are for those from
 * WEBHOOK_URLS, and for what an endpoint leaves open.
 */
const webhooksConfig: DeliverySettings = {
  isEnabled: env.get('WEBHOOK_ENABLED'),
  urls: env.get('WEBHOOK_URLS') ?? [],
  secret: env.get('WEBHOOK_SECRET'),

  endpoint: {
    concurrency: env.get('WEBHOOK_CONCURRENCY'),
    batchSize: env.get('WEBHOOK_BATCH_SIZE') ?? env.get('NOTIFICATION_BATCH_SIZE'),
    timeoutMs: env.get('WEBHOOK_TIMEOUT'),
  },

  retry: {
    waits: env.get('WEBHOOK_RETRY_INTERVAL') ?? DEFAULT_WAITS,
    maxRetries: env.get('WEBHOOK_MAX_RETRIES'),
    expiringMs: env.get('WEBHOOK_EXPIRING_RETRY'),
  },

  /** A pause doubles from the first to the longest while the endpoint stays overloaded. */
  pause: { firstMs: 1000, longestMs: 60_000 },

  caps: { ocr_wallet_data: ocrConfig.concurrency },

  disableAfterMs: env.get('WEBHOOK_DISABLE_AFTER'),
  /** Of the market's events integrators count on every one. */
  expiry: {
    all: env.get('WEBHOOK_DATA_EXPIRY') ?? null,
    byType: { ocr_wallet_data: ocrConfig.expiryMs },
  },
  retention: {
    settledMs: env.get('WEBHOOK_RETENTION'),
    undeliveredMs: env.get('WEBHOOK_RETENTION_FAILED'),
    others: retentionConfig.delivery,
  },
  pollMs: env.get('WEBHOOK_INTERVAL'),
  /** Below the 15 s that bin/ignitor.ts gives the whole process. */
  stopWithinMs: 10_000,

  allowedNetworks: env.get('WEBHOOK_ALLOWED_NETWORKS'),
  userAgent: `regou-webhook/${version}`,
}

export default webhooksConfig
