import type { Address, ChainFact, PoolFact, SourcedFact } from '#sources/facts'

/** What facts tell of one token. */
export interface ToldToken {
  /** The first fact about it, or the last one that names a quote asset. */
  from: SourcedFact
  /** The first fact of its venue that names its quote asset. */
  named: SourcedFact | undefined
  /** It is traded for something that no event names. */
  isTraded: boolean
  raiseTarget: bigint | undefined
}

/** Sums up what facts tell of tokens, but for those that are stored of known tokens only. */
export function toldTokens(facts: SourcedFact[]): Map<Address, ToldToken> {
  const told = new Map<Address, ToldToken>()
  for (const each of facts) {
    if (isCandidate(each)) continue
    const { fact } = each
    let token = told.get(fact.token)
    if (!token) {
      token = { from: each, named: undefined, isTraded: false, raiseTarget: undefined }
      told.set(fact.token, token)
    }
    if (fact.quote) {
      token.from = each
      token.named ??= isOfItsVenue(fact) ? each : undefined
    } else if (fact.type === 'trade') {
      token.isTraded = true
    }
    // What a curve is to raise, where the event that made it says so.
    if (fact.type === 'pool' && fact.raiseTarget) {
      token.raiseTarget = fact.raiseTarget
    }
  }
  return told
}

/** Trades elsewhere have quote assets of their own. */
function isOfItsVenue({ type }: ChainFact): boolean {
  return type === 'launch' || type === 'pool'
}

/** Whether a fact is stored only where its token is known. */
export function isCandidate({ fact }: SourcedFact): boolean {
  return (fact as Partial<PoolFact>).onlyKnownToken === true
}
