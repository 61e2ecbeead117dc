import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { allFactKinds } from '#facts/registry'
import type { Address, SourcedFact } from '#sources/facts'
import { factsOfToken } from '#collectors/store/facts_of_token'
import { quotesOfLaunches } from '#collectors/store/launch_quotes'
import { isCandidate, toldTokens, type ToldToken } from '#collectors/store/told_tokens'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'

const tokens: WrittenTable = {
  name: 'tokens',
  columns: {
    chain_id: 'bigint',
    address: 'text',
    source: 'text',
    quote_address: 'text',
    raise_target: 'text',
    next_look_up_at: 'bigint',
    created_at: 'bigint',
    learned_block: 'bigint',
  },
}

const ASKED_COLUMNS = { address: 'text' } as const

/** What is known of a token beyond its events. Amounts in quote wei. */
export interface KnownToken {
  quote: Address | undefined
  raiseTarget: bigint | undefined
}

/**
 * Remembers the tokens of these facts and answers what is known of each. A token whose quote
 * asset no event has named is due to be looked up. An event that names it later, or that is read
 * later, completes what is stored.
 */
export async function knownTokens(
  trx: TransactionClientContract,
  chainId: number,
  facts: SourcedFact[],
  now: number
): Promise<Map<Address, KnownToken>> {
  const told = toldTokens(facts)
  const rows = [...told.values()].map((token) => tokenRow(token, chainId, now))
  await insertRows(trx, tokens, rows)
  const asked = new Set([
    ...told.keys(),
    ...facts.filter(isCandidate).map(({ fact }) => fact.token),
  ])
  const known = await readTokens(trx, chainId, [...asked])

  const untold = new Set<Address>()
  for (const [address, { named, isTraded, raiseTarget }] of told) {
    const token = known.get(address)!
    if (token.raiseTarget === undefined && raiseTarget !== undefined) {
      token.raiseTarget = raiseTarget
      await learnRaiseTarget(trx, chainId, address, raiseTarget)
    }
    if (!token.quote && named) {
      token.quote = named.fact.quote!
      await learnQuote(trx, chainId, address, token.quote, named.log.blockNumber)
    }
    if (!token.quote && isTraded) {
      untold.add(address)
    }
  }
  for (const [token, quote] of await quotesOfLaunches(trx, chainId, untold)) {
    known.get(token)!.quote = quote
    await trx
      .from('tokens')
      .where({ chain_id: chainId, address: token })
      .update({ quote_address: quote })
  }
  return known
}

function tokenRow({ from, raiseTarget }: ToldToken, chainId: number, now: number) {
  const { source, fact, log } = from
  return {
    chain_id: chainId,
    address: fact.token,
    source,
    quote_address: fact.quote,
    raise_target: raiseTarget?.toString(),
    next_look_up_at: fact.quote ? null : now,
    created_at: now,
    learned_block: log.blockNumber,
  }
}

async function learnQuote(
  trx: TransactionClientContract,
  chainId: number,
  token: Address,
  quote: Address,
  block: number
) {
  const row = () => trx.from('tokens').where({ chain_id: chainId, address: token })
  await row().update({ quote_address: quote })
  await row().where('learned_block', '<', block).update({ learned_block: block })
  await nameQuote(trx, chainId, token, quote)
}

/** An event says so that is read after others of its token. */
async function learnRaiseTarget(
  trx: TransactionClientContract,
  chainId: number,
  token: Address,
  target: bigint
) {
  const row = trx.from('tokens').where({ chain_id: chainId, address: token })
  await row.update({ raise_target: target.toString() })
}

/** Completes the facts of a token that were stored without its quote asset. */
export async function nameQuote(
  trx: TransactionClientContract,
  chainId: number,
  token: string,
  quote: string
) {
  for (const { table } of tokenKinds('quote_address')) {
    await factsOfToken(trx, table, chainId, token)
      .whereNull('quote_address')
      .update({ quote_address: quote })
  }
}

/** The kinds of facts about tokens of a chain that have this column as well. */
export function tokenKinds(column = 'token_address') {
  return allFactKinds().filter(
    ({ isOnChain, columns }) =>
      isOnChain && columns.includes('token_address') && columns.includes(column)
  )
}

/** `cross join` keeps SQLite from walking through the table instead of the list. */
async function readTokens(trx: TransactionClientContract, chainId: number, addresses: Address[]) {
  const rows = await rowsOf<Record<'address' | 'quote_address' | 'raise_target', string | null>>(
    trx,
    `select tokens.address, quote_address, raise_target
     from ${jsonRows(trx, 'asked', ASKED_COLUMNS)} cross join tokens
     where tokens.chain_id = ? and tokens.address = asked.address`,
    [
      jsonOf(
        ASKED_COLUMNS,
        addresses.map((address) => ({ address }))
      ),
      chainId,
    ]
  )

  const known = new Map<Address, KnownToken>()
  for (const { address, quote_address: quote, raise_target: raiseTarget } of rows) {
    known.set(address as Address, {
      quote: (quote as Address) ?? undefined,
      raiseTarget: raiseTarget === null ? undefined : BigInt(raiseTarget),
    })
  }
  return known
}

/** Leaves out facts that are stored of known tokens only, where the token is unknown. */
export async function dropUnknownTokens(
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
