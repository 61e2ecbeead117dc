import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { reconsiderTokens } from '#collectors/store/forget_tokens'
import { QUARANTINE, type StoredLog } from '#collectors/store/stored_logs'
import { blockOf, placeSql, stateIn, withoutParts } from '#collectors/store/pool_state'

/** What a retracted fact was about. */
interface RetractedFact {
  chain_id: number
  source: string
  token_address: string
  pool_id: string | null
  block_number: number
}

/**
 * Takes back what was read from logs that the chain does not have: facts stay as history. With them
 * goes what they told beyond themselves: the state of their pools, and tokens of which no other fact
 * stands. The price of a pool is again that of its newest trade; the rest of its state is unknown until
 * the next.
 */
export async function retractLogs(trx: TransactionClientContract, logs: StoredLog[], now: number) {
  const facts: RetractedFact[] = []
  for (const { table, id } of logs) {
    const row = () => trx.from(table).where('id', id)
    if (table === QUARANTINE) {
      await row().delete()
      continue
    }
    await row().update({ removed_at: now, planned_at: null })
    facts.push(await row().firstOrFail())
  }

  for (const fact of facts) {
    await forgetState(trx, fact)
  }
  for (const [chainId, ofChain] of Map.groupBy(facts, (fact) => Number(fact.chain_id))) {
    const tokens = new Set(ofChain.map((fact) => fact.token_address))
    await reconsiderTokens(trx, chainId, [...tokens], now)
  }
}

async function forgetState(trx: TransactionClientContract, fact: RetractedFact) {
  const names = ['chain_id', 'source', 'pool_id', 'token_address'] as const
  const ofPool = Object.fromEntries(names.map((name) => [name, fact[name]]))
  const pool = await trx.from('pools').where(ofPool).whereNull('removed_at').first()
  if (!pool) {
    return
  }

  const state = withoutParts(stateIn(pool), (place) => blockOf(place) === Number(fact.block_number))
  if (state.price === null) {
    const trade = await trx
      .from('trades')
      .where(ofPool)
      .whereNull('removed_at')
      .whereNotNull('price')
      .orderBy('block_number', 'desc')
      .orderBy('log_index', 'desc')
      .select('price')
      .select(trx.raw(`${placeSql('block_number', 'log_index')} as place`))
      .first()
    state.price = trade?.price ?? null
    state.price_at = trade ? Number(trade.place) : null
  }
  await trx.from('pools').where('id', pool.id).update(state)
}
