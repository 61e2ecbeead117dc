import db from '@adonisjs/lucid/services/db'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { sources } from '#sources/venues'

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

/** What logs say of trades, each behind the place of its log. */
export function tradesIn(logs: ChainLog[]): string[] {
  const { facts } = logReader(sources)(logs)
  return facts
    .flatMap(({ fact, log }) =>
      fact.type === 'trade'
        ? `${placeOf(log)} ${fact.trader} ${fact.quoteAmount} ${fact.baseAmount} ${fact.price}`
        : []
    )
    .sort()
}

/** What standing trades say, each behind the place of its log. */
export async function storedTrades(): Promise<string[]> {
  const rows = await db.from('trades').whereNull('removed_at')
  return rows
    .map(({ block_hash: blockHash, tx_hash: transactionHash, log_index: logIndex, ...row }) => {
      const place = placeOf({ blockHash, transactionHash, logIndex })
      return `${place} ${row.trader} ${row.quote_amount} ${row.base_amount} ${row.price}`
    })
    .sort()
}
