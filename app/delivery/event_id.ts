import { hash } from 'node:crypto'
import type { FactRow } from '#models/fact_types'

/**
 * The id under which an event goes out. It is made of what happened and where it stands on the
 * chain, so every retry, every endpoint and every database says the same `webhook-id`. What comes
 * back after a reorg had removed it is news again: `earlierLives` tells the two apart.
 */
export function eventId(eventType: string, fact: FactRow, earlierLives = 0): string {
  const { chain_id: chain, block_hash: block, log_index: log } = fact
  const transaction = fact.tx_hash ?? fact.launch_tx

  const words = [eventType, chain, block, transaction, log]

  return `evt_${digest(earlierLives > 0 ? [...words, earlierLives] : words)}`
}

/** The id of several events sent as one; the same events in the same order have the same id. */
export function batchId(eventIds: readonly string[]): string {
  return `batch_${digest(eventIds)}`
}

function digest(words: readonly unknown[]) {
  return hash('sha256', words.join('|')).slice(0, 32)
}
