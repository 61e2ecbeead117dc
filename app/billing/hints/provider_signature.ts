import { alchemy } from '#billing/hints/providers/alchemy'
import { bearer } from '#billing/hints/providers/bearer'
import { moralis } from '#billing/hints/providers/moralis'
import type { HintProvider, SignedCall } from '#billing/hints/providers/provider'
import { quicknode } from '#billing/hints/providers/quicknode'

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
