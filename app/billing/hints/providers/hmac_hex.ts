import { createHmac } from 'node:crypto'

/** HMAC-SHA256 of a text, in hexadecimal. */
export function hmacHex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}
