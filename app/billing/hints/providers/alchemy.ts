import { hmacHex } from './hmac_hex.js'
import type { HintProvider } from './provider.js'
import { isSameText } from './same_text.js'

/** Alchemy Notify: https://www.alchemy.com/docs/reference/notify-api-quickstart */
export const alchemy: HintProvider = {
  header: 'x-alchemy-signature',
  variable: 'ALCHEMY_SIGNING_KEY',
  isSigned: ({ body, headers, secret }) =>
    isSameText(headers['x-alchemy-signature'], hmacHex(secret, body)),
}
