import { alchemy } from './providers/alchemy.js'
import { bearer } from './providers/bearer.js'
import { moralis } from './providers/moralis.js'
import type { HintProvider, SignedCall } from './providers/provider.js'
import { quicknode } from './providers/quicknode.js'

/** All that may tell of transfers. A new one is one file and one line here. */
export const PROVIDERS = { moralis, alchemy, quicknode, bearer } satisfies Record<
  string,
  HintProvider
>

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
