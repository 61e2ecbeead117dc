import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { keccak256, stringToHex } from 'viem'

/** The ways in which providers sign what they post (docs/payments.md). */
export type Provider = 'moralis' | 'alchemy' | 'quicknode' | 'bearer'

interface SignedBody {
  /** As it came, before anything was parsed; QuickNode's after it was unzipped. */
  body: string
  /** With names in lower case. */
  headers: Record<string, string | undefined>
  secret: string
}

type Check = (signed: SignedBody) => boolean

const CHECKS: Record<Provider, Check> = {
  // https://docs.moralis.com/streams-api/evm/webhook-security
  moralis: ({ body, headers, secret }) =>
    isSame(headers['x-signature'], keccak256(stringToHex(body + secret))),

  // https://www.alchemy.com/docs/reference/notify-api-quickstart
  alchemy: ({ body, headers, secret }) =>
    isSame(headers['x-alchemy-signature'], hmac(secret, body)),

  // https://www.quicknode.com/docs/streams/webhooks
  quicknode: ({ body, headers, secret }) => {
    const signed = `${headers['x-qn-nonce']}${headers['x-qn-timestamp']}${body}`
    return isSame(headers['x-qn-signature'], hmac(secret, signed))
  },

  bearer: ({ headers, secret }) => isSame(headers.authorization, `Bearer ${secret}`),
}

/** Says whether a provider that knows the secret has sent this body. An empty secret opens nothing. */
export function isSignedBy(provider: Provider, signed: SignedBody): boolean {
  return signed.secret !== '' && CHECKS[provider](signed)
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** In a time that does not tell how much of it was right. */
function isSame(sent: string | undefined, expected: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer')
  return sent !== undefined && timingSafeEqual(digest(sent), digest(expected))
}
