import { hash } from 'node:crypto'
import type { FactRow } from '#models/fact_types'

/**
 * The id under which an event goes out. It is made of what happened and where it stands on the
 * chain, so every retry, every endpoint and every database says the same `webhook-id`.
 */
export function eventId(eventType: string, fact: FactRow): string {
  const { chain_id: chain, block_hash: block, log_index: log } = fact
  const transaction = fact.tx_hash ?? fact.launch_tx

  return `evt_${hash('sha256', [eventType, chain, block, transaction, log].join('|')).slice(0, 32)}`
}

/** The id of several events sent as one; the same events in the same order have the same id. */
export function batchId(eventIds: readonly string[]): string {
  return `batch_${hash('sha256', eventIds.join('|')).slice(0, 32)}`
}
