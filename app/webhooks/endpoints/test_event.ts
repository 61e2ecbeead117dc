import { randomUUID } from 'node:crypto'
import type { DueJob } from '#delivery/queue/job'

const NOBODY = `0x${'0'.repeat(40)}`
const NO_HASH = `0x${'0'.repeat(64)}`

/** The type by which a receiver tells a test from what happened on the chain. */
export const TEST_EVENT = 'webhook.test'

/** A launch that never was, in the shape of a real one. `now` is in epoch milliseconds. */
export function testEvent(targetId: number, now: number): DueJob {
  const job = {
    id: 0,
    targetId,
    factType: 'launch' as const,
    factId: 0,
    eventType: TEST_EVENT,
    eventId: `evt_${randomUUID().replaceAll('-', '')}`,
    tokenAddress: NOBODY,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 0,
    leaseUntil: now,
    fact: {
      id: 0,
      source: 'regou',
      kind: 'created',
      token_address: NOBODY,
      symbol: 'TEST',
      name: 'Test event',
      creator: NOBODY,
      launch_tx: NO_HASH,
      chain_id: 0,
      block_number: 0,
      block_hash: NO_HASH,
      log_index: 0,
      event_time: now,
    },
  }
  return job
}
