import { createHmac } from 'node:crypto'
import { isSameText } from '#foundation/text/same_text'

/** How far the time of a call may be from ours, in seconds. */
export const TOLERANCE_S = 300

/** What a signed call carries. */
export interface SignedCall {
  /** Unix seconds, as text. */
  timestamp: string | undefined
  /** HMAC-SHA256 over timestamp, a point and the body, in hex; `sha256=` may stand before it. */
  signature: string | undefined
  body: string
}

export type SignatureFault = 'missing_signature' | 'stale_timestamp' | 'invalid_signature'

/**
 * What is wrong with the signature of a call; null when nothing is.
 *
 * @param now epoch milliseconds
 */
export function signatureFault(
  { timestamp, signature, body }: SignedCall,
  secret: string,
  now: number
): SignatureFault | null {
  if (!timestamp || !signature) {
    return 'missing_signature'
  }
  const expected = signHook(secret, timestamp, body)
  if (!isSameText(signature.toLowerCase().replace(/^sha256=/, ''), expected)) {
    return 'invalid_signature'
  }
  const isRecent = /^\d{1,12}$/.test(timestamp)
    ? Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_S
    : false
  return isRecent ? null : 'stale_timestamp'
}

/** @param timestamp Unix seconds */
export function signHook(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}
