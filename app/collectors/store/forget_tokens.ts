import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { factsOfToken } from '#collectors/store/facts_of_token'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { tokenKinds } from '#collectors/store/known_tokens'

interface LearnedToken {
  id: number
  address: string
  source: string
}

/**
 * Takes back what was learned of tokens after `ancestor`, when the facts of these blocks have been
 * retracted. A token of which no fact stands is forgotten; another keeps the quote asset that a
 * standing fact names, or is looked up again.
 */
export async function forgetTokens(
  trx: TransactionClientContract,
  chainId: number,
  ancestor: number,
  now: number
) {
  const learned: LearnedToken[] = await trx
    .from('tokens')
    .where('chain_id', chainId)
    .where('learned_block', '>', ancestor)
    .select('id', 'address', 'source')

  await reconsider(trx, chainId, learned, now)
  const ids = learned.map(({ id }) => id)
  await trx.from('tokens').whereIn('id', ids).update({ learned_block: ancestor })
}

/** Takes back what was learned of these tokens, as far as no fact of theirs stands. */
export async function reconsiderTokens(
  trx: TransactionClientContract,
  chainId: number,
  addresses: string[],
  now: number
) {
  const learned: LearnedToken[] = await trx
    .from('tokens')
    .where('chain_id', chainId)
    .whereIn('address', addresses)
    .select('id', 'address', 'source')
  await reconsider(trx, chainId, learned, now)
}

/** Takes back what a launch or a pool told of its token: what is stored next tells it anew. */
export async function reconsiderTold(
  trx: TransactionClientContract,
  chainId: number,
  { source, token_address: address }: Record<'source' | 'token_address', string>,
  now: number
) {
  await trx.from('tokens').where({ chain_id: chainId, address, source }).update(notYetLookedUp(now))
}

function notYetLookedUp(now: number) {
  return { quote_address: null, raise_target: null, look_ups: 0, next_look_up_at: now }
}

async function reconsider(
  trx: TransactionClientContract,
  chainId: number,
  tokens: LearnedToken[],
  now: number
) {
  for (const { id, address, source } of tokens) {
    const row = () => trx.from('tokens').where('id', id)
    if (!(await stands(trx, chainId, address))) {
      await row().delete()
    } else if (!(await standsWithQuote(trx, chainId, address, source))) {
      await row().update(notYetLookedUp(now))
    }
  }
}

function stands(trx: TransactionClientContract, chainId: number, token: string) {
  return anyFact(tokenKinds(), (table) => standingFacts(trx, table, chainId, token))
}

/** Trades on an exchange name a quote asset of their own. */
function standsWithQuote(
  trx: TransactionClientContract,
  chainId: number,
  token: string,
  source: string
) {
  return anyFact(tokenKinds('quote_address'), (table) =>
    standingFacts(trx, table, chainId, token).where({ source }).whereNotNull('quote_address')
  )
}

function standingFacts(
  trx: TransactionClientContract,
  table: string,
  chainId: number,
  token: string
) {
  return factsOfToken(trx, table, chainId, token)
    .where('block_number', '>', OFF_CHAIN_BLOCK)
    .whereNull('removed_at')
}

async function anyFact(
  kinds: { table: string }[],
  factsIn: (table: string) => ReturnType<typeof standingFacts>
): Promise<boolean> {
  for (const { table } of kinds) {
    if (await factsIn(table).select('id').first()) {
      return true
    }
  }
  return false
}
