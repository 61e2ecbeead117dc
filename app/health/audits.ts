import db from '@adonisjs/lucid/services/db'

/** For how long an audit without a proof is shown, in milliseconds. */
const SHOWN_MS = 86_400_000

/** What audits of a chain have left open, as far as no later audit of the same blocks has settled it. */
export interface AuditState {
  chain_id: number
  /** Blocks that could not be checked. */
  unchecked_blocks: number
  /** Facts that differed and were left as they are: it would have been too many to be true. */
  unrepaired_facts: number
}

/** Reads what the audits of the last day have left open at `now` (epoch milliseconds). */
export async function readAudits(now: number): Promise<AuditState[]> {
  const rows: Record<keyof AuditState, number | string>[] = await db
    .from('scan_audits as audits')
    .where('created_at', '>=', now - SHOWN_MS)
    .whereRaw('(unchecked > 0 or repaired < missing + phantom + altered)')
    .whereRaw(
      `not exists (
         select 1 from scan_audits as later
         where later.chain_id = audits.chain_id and later.id > audits.id
           and later.from_block <= audits.from_block and later.to_block >= audits.to_block
           and later.unchecked = 0 and later.repaired >= later.missing + later.phantom + later.altered
       )`
    )
    .groupBy('chain_id')
    .orderBy('chain_id')
    .select('chain_id')
    .select(db.raw('sum(unchecked) as unchecked_blocks'))
    .select(db.raw('sum(missing + phantom + altered - repaired) as unrepaired_facts'))

  return rows.map((row) => ({
    chain_id: Number(row.chain_id),
    unchecked_blocks: Number(row.unchecked_blocks),
    unrepaired_facts: Number(row.unrepaired_facts),
  }))
}
