/** Tokens of these launchpads have a supply of 1,000,000,000 each, by their contracts. */
const SUPPLY: Record<string, bigint> = { four: 1_000_000_000n, flap: 1_000_000_000n }

/** How many tokens there are of each that a launchpad makes, whole ones; undefined where that differs. */
export function supplyOf(source: string): bigint | undefined {
  return SUPPLY[source]
}
