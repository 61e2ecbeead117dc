import { createHmac } from 'node:crypto'

/** What opens an account at OKX, in the clear. */
export interface OkxKey {
  apiKey: string
  secretKey: string
  passphrase: string
}

/** base64(HMAC-SHA256(secret, text)): how OKX has everything signed. */
export function signed(secretKey: string, text: string): string {
  return createHmac('sha256', secretKey).update(text).digest('base64')
}

/**
 * The headers of a signed request.
 *
 * @param path with its query, as it is sent
 * @param venueNow epoch milliseconds by OKX's clock: it takes requests that are at most 30 s old
 */
export function signedHeaders(key: OkxKey, path: string, venueNow: number): Record<string, string> {
  const timestamp = new Date(venueNow).toISOString()
  return {
    'OK-ACCESS-KEY': key.apiKey,
    'OK-ACCESS-PASSPHRASE': key.passphrase,
    'OK-ACCESS-TIMESTAMP': timestamp,
    'OK-ACCESS-SIGN': signed(key.secretKey, `${timestamp}GET${path}`),
  }
}

/**
 * What logs a private stream in. It is valid for 30 s, so each connection needs a new one.
 *
 * @param venueNow epoch milliseconds by OKX's clock
 */
export function loginMessage(key: OkxKey, venueNow: number): string {
  const timestamp = String(Math.floor(venueNow / 1000))
  const sign = signed(key.secretKey, `${timestamp}GET/users/self/verify`)
  const { apiKey, passphrase } = key
  return JSON.stringify({ op: 'login', args: [{ apiKey, passphrase, timestamp, sign }] })
}
