import env from '#start/env'
import { OperatorError } from '#foundation/errors'

/** Where OKX is reached, if not at its own hosts, and how it is listened to. */
const okxConfig = {
  /** Whether accounts are listened to here. */
  isEnabled: env.get('OKX_ENABLED') || env.get('OKX_API_KEY') !== undefined,

  hosts: { restUrl: env.get('OKX_REST_URL'), wsUrl: env.get('OKX_WS_URL') },

  /** The operator's own account, where the environment has one; null elsewhere. */
  firstAccount: firstAccount(),

  /** How lists are read over REST. */
  reading: { pageSize: env.get('LISTENER_BATCH_SIZE'), retries: env.get('LISTENER_MAX_RETRY') },

  /** How often accounts that were added or removed are noticed, in milliseconds. */
  pollMs: env.get('LISTENER_INTERVAL') * 1000,
}

export default okxConfig

/** @throws OperatorError where a part of the key is missing */
function firstAccount() {
  const apiKey = env.get('OKX_API_KEY')
  const secretKey = env.get('OKX_SECRET_KEY')
  const passphrase = env.get('OKX_PASSPHRASE')
  if (!apiKey && !secretKey && !passphrase) return null
  if (!apiKey || !secretKey || !passphrase) {
    throw new OperatorError(
      'A key of OKX has three parts: set OKX_API_KEY, OKX_SECRET_KEY and OKX_PASSPHRASE, or none of them'
    )
  }
  const environment = env.get('OKX_SANDBOX') ? ('demo' as const) : ('live' as const)
  return { apiKey, secretKey, passphrase, region: env.get('OKX_REGION'), environment }
}
