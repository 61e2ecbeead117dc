import { hash } from 'node:crypto'
import { eventTypeOf, factTypeOf, factTypes } from '#models/fact_types'
import type { Announcement, FactRow } from '#models/fact_types'

/**
 * The id under which an event goes out. It is made of what happened and what names it (on a
 * chain, its place there), so every retry, every endpoint and every database says the same `webhook-id`. What comes
 * back after a reorg had removed it is news again: `earlierLives` tells the two apart.
 */
export function eventId(announcement: Announcement, fact: FactRow, earlierLives = 0): string {
  const { identity } = factTypes[factTypeOf(announcement)]
  const words = [eventTypeOf(announcement, fact), ...identity.map((column) => fact[column])]

  return `evt_${digest(earlierLives > 0 ? [...words, earlierLives] : words)}`
}

/** The id of several events sent as one; the same events in the same order have the same id. */
export function batchId(eventIds: readonly string[]): string {
  return `batch_${digest(eventIds)}`
}

function digest(words: readonly unknown[]) {
  return hash('sha256', words.join('|')).slice(0, 32)
}
