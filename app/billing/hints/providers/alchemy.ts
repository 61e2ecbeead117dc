import { hmacHex } from '#billing/hints/providers/hmac_hex'
import type { HintProvider } from '#billing/hints/providers/provider'
import { isSameText } from '#foundation/text/same_text'

/** Alchemy Notify: https://www.alchemy.com/docs/reference/notify-api-quickstart */
export const alchemy: HintProvider = {
  header: 'x-alchemy-signature',
  variable: 'ALCHEMY_SIGNING_KEY',
  isSigned: ({ body, headers, secret }) =>
    isSameText(headers['x-alchemy-signature'], hmacHex(secret, body)),
}
