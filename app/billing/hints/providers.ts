import { createHmac } from 'node:crypto'
import * as Hash from 'ox/Hash'
import * as Hex from 'ox/Hex'
import { isSameText } from '#foundation/text/same_text'

/** A call as it came over HTTP. */
export interface SignedCall {
  /** As it was signed: before anything was parsed, and after it was unzipped. */
  body: string
  /** With names in lower case. */
  headers: Record<string, string | undefined>
  secret: string
}

/** A service that tells of transfers, and how it proves that a call is its own. */
interface HintProvider {
  /** The header that holds the proof; no other provider sends it. */
  header: string
  /** The environment variable that holds the secret. */
  variable: string
  /** Says whether the sender knows the secret. Takes equally long, however wrong the proof. */
  isSigned(call: SignedCall): boolean
}

/** All that may tell of transfers. A new one is an entry here and its secret in config/billing.ts. */
export const PROVIDERS = {
  /** Moralis Streams: https://docs.moralis.com/streams-api/evm/webhook-security */
  moralis: {
    header: 'x-signature',
    variable: 'MORALIS_STREAMS_SECRET',
    isSigned: ({ body, headers, secret }) =>
      isSameText(headers['x-signature'], Hash.keccak256(Hex.fromString(body + secret))),
  },

  /** Alchemy Notify: https://www.alchemy.com/docs/reference/notify-api-quickstart */
  alchemy: {
    header: 'x-alchemy-signature',
    variable: 'ALCHEMY_SIGNING_KEY',
    isSigned: ({ body, headers, secret }) =>
      isSameText(headers['x-alchemy-signature'], hmacHex(secret, body)),
  },

  /** QuickNode Streams and Webhooks: https://www.quicknode.com/docs/streams/webhooks */
  quicknode: {
    header: 'x-qn-signature',
    variable: 'QUICKNODE_SECURITY_TOKEN',
    isSigned: ({ body, headers, secret }) => {
      const signed = `${headers['x-qn-nonce']}${headers['x-qn-timestamp']}${body}`
      return isSameText(headers['x-qn-signature'], hmacHex(secret, signed))
    },
  },

  /** The operator's own script or service, which knows the secret. */
  bearer: {
    header: 'authorization',
    variable: 'PAYMENT_WEBHOOK_SECRET',
    isSigned: ({ headers, secret }) => isSameText(headers.authorization, `Bearer ${secret}`),
  },
} satisfies Record<string, HintProvider>

export type Provider = keyof typeof PROVIDERS

/** The provider that a call claims to come from, or null. Names of headers are in lower case. */
export function claimedProvider(headers: SignedCall['headers']): Provider | null {
  const names = Object.keys(PROVIDERS) as Provider[]
  return names.find((name) => headers[PROVIDERS[name].header] !== undefined) ?? null
}

/** Says whether a provider that knows the secret has sent this call. An empty secret opens nothing. */
export function isSignedBy(provider: Provider, call: SignedCall): boolean {
  return call.secret !== '' && PROVIDERS[provider].isSigned(call)
}

/** HMAC-SHA256 of a text, in hexadecimal. */
function hmacHex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}
