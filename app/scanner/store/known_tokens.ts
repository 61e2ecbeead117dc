import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Address, SourcedFact } from '#sources/facts'
import { insertNew } from '#scanner/store/insert_new'

/** What is known of a token beyond its events. Amounts in quote wei. */
export interface KnownToken {
  quote: Address | undefined
  raiseTarget: bigint | undefined
}

/** Values per statement; both databases allow more, and one plan serves all full chunks. */
const CHUNK = 500

/**
 * Remembers the tokens of these facts and answers what is known of each. A token whose quote
 * asset no event has named is due to be looked up.
 */
export async function knownTokens(
  trx: TransactionClientContract,
  chainId: number,
  facts: SourcedFact[],
  now: number
): Promise<Map<Address, KnownToken>> {
  const rows = new Map<Address, object>()
  const addresses = new Set<Address>()

  for (const { source, fact } of facts) {
    addresses.add(fact.token)
    if (fact.quote || !rows.has(fact.token)) {
      rows.set(fact.token, {
        chain_id: chainId,
        address: fact.token,
        source,
        quote_address: fact.quote,
        next_look_up_at: fact.quote ? null : now,
      })
    }
  }

  await insertNew(trx, 'tokens', [...rows.values()])
  return readTokens(trx, chainId, [...addresses])
}

async function readTokens(trx: TransactionClientContract, chainId: number, addresses: Address[]) {
  const tokens = new Map<Address, KnownToken>()

  for (let start = 0; start < addresses.length; start += CHUNK) {
    const rows = await trx
      .from('tokens')
      .select('address', 'quote_address', 'raise_target')
      .where('chain_id', chainId)
      .whereIn('address', addresses.slice(start, start + CHUNK))

    for (const row of rows) {
      tokens.set(row.address, {
        quote: row.quote_address ?? undefined,
        raiseTarget: row.raise_target === null ? undefined : BigInt(row.raise_target),
      })
    }
  }
  return tokens
}
