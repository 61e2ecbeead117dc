import env from '#start/env'

/** How orders are verified, and where the evidence is kept. */
const verificationConfig = {
  timeoutMs: env.get('VERIFICATION_TIMEOUT'),
  concurrency: env.get('VERIFICATION_CONCURRENCY'),
  folder: env.get('EVIDENCE_STORAGE_PATH'),
  /** 32 bytes in hex. */
  signingSeed: env.get('EVIDENCE_SIGNING_KEY'),
}

export default verificationConfig
