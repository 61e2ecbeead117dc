import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { publicFact } from '#facts/public_fact'
import { factTypes } from '#facts/registry'

/** The records of stake in the newest blocks of a network, of each kind at most `limit`. */
export async function newestRecords(chainId: number, limit: number): Promise<FactRow[]> {
  const kinds = (['tron_stake', 'tron_delegation'] as const).map(async (type) => {
    const rows = await db
      .from(factTypes[type].table)
      .where('chain_id', chainId)
      .whereNull('removed_at')
      // In the order of an index: that of the ids would sort all records of the network.
      .orderBy('block_number', 'desc')
      .limit(limit)
    return rows.map((row: FactRow) => publicFact(type, row))
  })
  const records = await Promise.all(kinds)
  return records.flat()
}
