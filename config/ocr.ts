import env from '#start/env'

/** Settings of OCR wallet records, the intake and the way out. */
const ocrConfig = {
  /** A wallet code is of use for minutes. Milliseconds. */
  expiryMs: env.get('WEBHOOK_DATA_EXPIRY') ?? 5 * 60_000,

  /** Requests with records that one receiver gets at once. */
  concurrency: env.get('OCR_CONCURRENCY'),

  /** Records that may wait to be sent; where nothing is sent, nothing waits. */
  queueLimit: env.get('WEBHOOK_ENABLED') ? env.get('OCR_QUEUE_LIMIT') : Infinity,
}

export default ocrConfig
