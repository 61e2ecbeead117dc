import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import type { PoolFact, SourcedFact } from '#sources/facts'

const ASKED_COLUMNS = { address: 'text' } as const

/** The facts without those that are of interest only for a known token, whose token nobody knows. */
export async function dropStrangers(
  trx: TransactionClientContract,
  chainId: number,
  facts: SourcedFact[]
): Promise<SourcedFact[]> {
  const candidates = facts.filter(isCandidate)
  if (candidates.length === 0) {
    return facts
  }

  const known = await knownAmong(trx, chainId, tokensOf(candidates))
  for (const token of tokensOf(facts.filter((each) => !isCandidate(each)))) {
    known.add(token)
  }
  return facts.filter((each) => !isCandidate(each) || known.has(each.fact.token))
}

export function isCandidate({ fact }: SourcedFact): boolean {
  return (fact as Partial<PoolFact>).onlyKnownToken === true
}

function tokensOf(facts: SourcedFact[]): Set<string> {
  return new Set(facts.map(({ fact }) => fact.token))
}

/** `cross join` keeps SQLite from walking through the table instead of the list. */
async function knownAmong(
  trx: TransactionClientContract,
  chainId: number,
  addresses: Set<string>
): Promise<Set<string>> {
  const rows = await rowsOf<{ address: string }>(
    trx,
    `select tokens.address
     from ${jsonRows(trx, 'asked', ASKED_COLUMNS)} cross join tokens
     where tokens.chain_id = ? and tokens.address = asked.address`,
    [
      jsonOf(
        ASKED_COLUMNS,
        [...addresses].map((address) => ({ address }))
      ),
      chainId,
    ]
  )
  return new Set(rows.map(({ address }) => address))
}
