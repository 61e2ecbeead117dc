import { hmacHex } from '#billing/hints/providers/hmac_hex'
import type { HintProvider } from '#billing/hints/providers/provider'
import { isSameText } from '#foundation/text/same_text'

/** QuickNode Streams and Webhooks: https://www.quicknode.com/docs/streams/webhooks */
export const quicknode: HintProvider = {
  header: 'x-qn-signature',
  variable: 'QUICKNODE_SECURITY_TOKEN',
  isSigned: ({ body, headers, secret }) => {
    const signed = `${headers['x-qn-nonce']}${headers['x-qn-timestamp']}${body}`
    return isSameText(headers['x-qn-signature'], hmacHex(secret, signed))
  },
}
