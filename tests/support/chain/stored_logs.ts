import db from '@adonisjs/lucid/services/db'
import type { ChainLog } from '#sources/facts'

/** The place of a log on its chain, as text that can be compared. */
export function placeOf(log: { blockHash: string; transactionHash: string; logIndex: number }) {
  return `${log.blockHash}:${log.transactionHash}:${log.logIndex}`
}

export function placesOf(logs: ChainLog[]): string[] {
  return logs.map(placeOf).sort()
}

/** The places of the logs that standing launches and trades were read from. */
export async function storedPlaces(): Promise<string[]> {
  const launches = await db
    .from('launch_events')
    .whereNull('removed_at')
    .select('block_hash as blockHash', 'launch_tx as transactionHash', 'log_index as logIndex')
  const trades = await db
    .from('trades')
    .whereNull('removed_at')
    .select('block_hash as blockHash', 'tx_hash as transactionHash', 'log_index as logIndex')

  return [...launches, ...trades].map(placeOf).sort()
}
