import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { FactKind } from '#facts/define_fact'
import { rawLog } from '#facts/on_chain'
import { derived } from '#facts/registry'
import type { ChainFact, SourcedFact, Undecodable } from '#sources/facts'
import type { Reading } from '#sources/read_logs'
import { insertAccepted } from '#foundation/db/insert_accepted'
import { insertRows } from '#foundation/db/insert_rows'
import type { WrittenTable } from '#foundation/db/insert_rows'
import { storable } from '#foundation/text/whole_text'
import { dropUnknownTokens, knownTokens } from '#collectors/store/known_tokens'
import { updatePoolStates } from '#collectors/store/pool_states'
import { quarantinedLogs } from '#collectors/store/quarantine'

type Sourced<T> = Omit<SourcedFact, 'fact'> & { fact: T }
type FactOf<T extends ChainFact['type']> = Extract<ChainFact, { type: T }>

/** How many facts were new. */
export type Stored = {
  launches: number
  pools: number
  trades: number
  quarantined: number
}

/** The kinds of facts that are read from logs, each with the table that it is written to. */
const readKinds = derived((kinds) =>
  kinds.flatMap((kind) =>
    kind.rows ? { type: kind.type, table: writtenTable(kind), row: kind.rows.row } : []
  )
)

/**
 * Writes what was read, inside the caller's transaction. A fact that is already there stays as
 * it is, so storing a range twice changes nothing. `now` is in epoch milliseconds.
 */
export async function storeReading(
  trx: TransactionClientContract,
  chainId: number,
  { facts: read, undecodable }: Reading,
  now: number
): Promise<Stored> {
  const facts = await dropUnknownTokens(trx, chainId, read)
  const known = await knownTokens(trx, chainId, facts, now)
  for (const { fact } of facts) {
    fact.quote ??= known.get(fact.token)?.quote
  }

  const byType = Map.groupBy(facts, ({ fact }): string => fact.type)
  const added = new Map<string, number>()
  const unstorable: Undecodable[] = []
  for (const { type, table, row } of readKinds()) {
    const ofType = byType.get(type) ?? []
    const rows = ofType.map((sourced) => row(sourced, chainId, now))
    const { inserted, refused } = await insertAccepted(trx, table, rows)
    added.set(type, inserted)
    for (const { row: kept, error } of refused) {
      unstorable.push(refusedLog(ofType[rows.indexOf(kept)]!, error))
    }
  }
  const logs = [...undecodable, ...unstorable].map((log) => quarantineRow(log, chainId, now))
  const quarantined = await insertRows(trx, quarantinedLogs, logs)

  const born = (byType.get('pool') ?? []) as Sourced<FactOf<'pool'>>[]
  const states = (byType.get('pool_state') ?? []) as Sourced<FactOf<'pool_state'>>[]
  await updatePoolStates(trx, chainId, { born, states }, known, now)
  return {
    launches: added.get('launch')!,
    pools: added.get('pool')!,
    trades: added.get('trade')!,
    quarantined,
  }
}

/** A fact that the database refuses for what it holds. */
function refusedLog({ source, fact, log }: SourcedFact, error: Error): Undecodable {
  return { source, log, detail: storable(`the ${fact.type} cannot be stored: ${error.message}`) }
}

function quarantineRow({ source, log, detail }: Undecodable, chainId: number, now: number) {
  return {
    source,
    chain_id: chainId,
    address: log.address,
    tx_hash: log.transactionHash,
    log_index: log.logIndex,
    block_number: log.blockNumber,
    block_hash: log.blockHash,
    detail,
    raw: rawLog(log),
    created_at: now,
  }
}

/** Where facts of a kind that is read from logs are written. */
export function writtenTable({ table, rows }: FactKind): WrittenTable {
  if (!rows) {
    throw new Error(`Facts of ${table} are not read from logs`)
  }
  return { name: table, columns: rows.columns }
}
