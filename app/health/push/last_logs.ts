import db from '@adonisjs/lucid/services/db'

/** The newest block of a chain of which a log of any source is stored; 0 before the first. */
export async function lastBlockWithLogs(chainId: number): Promise<number> {
  const of = (table: string) => db.from(table).where('chain_id', chainId).select('block_number')
  const rows = await Promise.all([
    of('launch_events').orderBy('block_number', 'desc').first(),
    // Its index by block has the trades that stand.
    of('trades').whereNull('removed_at').orderBy('block_number', 'desc').first(),
    // Logs that could not be decoded have no index by block: the last one has to do.
    db.from('quarantined_logs').orderBy('id', 'desc').select('chain_id', 'block_number').first(),
  ])
  const blocks = rows
    .filter((row) => row && (row.chain_id ?? chainId) === chainId)
    .map((row) => Number(row.block_number))
  return Math.max(0, ...blocks)
}
