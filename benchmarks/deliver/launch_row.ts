import { envelope } from '#delivery/envelope'
import type { Envelope } from '#delivery/envelope'
import { eventId } from '#delivery/planning/event_id'
import type { DueJob } from '#delivery/queue/job'
import type { FactRow } from '#facts/define_fact'

const hex = (serial: number, digits: number) => `0x${serial.toString(16).padStart(digits, '0')}`

/** When everything happened, in epoch milliseconds. */
const HAPPENED_AT = 1_780_000_000_000

/** A launch whose event is 1 KB of JSON, with all columns that a scanner would store. */
export function launchRow(serial: number): FactRow {
  return {
    source: 'four',
    kind: 'created',
    chain_id: 56,
    token_address: hex(serial, 40),
    symbol: `T${serial}`,
    name: `代币 number ${serial}`,
    creator: hex(serial, 40),
    quote_address: hex(0, 40),
    metadata_uri: `https://example.com/${'m'.repeat(180)}`,
    launch_tx: hex(serial, 64),
    log_index: 0,
    block_number: 70_000_000 + serial,
    block_hash: hex(serial, 64),
    event_time: HAPPENED_AT,
    raw: '{}',
    created_at: HAPPENED_AT,
  }
}

/** The event that Regou makes of this launch, for contenders that are given it. */
export function launchEvent(serial: number): Envelope {
  const fact = { id: serial, ...launchRow(serial) }
  const job: DueJob = {
    id: serial,
    targetId: 1,
    factType: 'launch',
    factId: serial,
    eventType: 'launch.created',
    eventId: eventId('launch', fact),
    tokenAddress: null,
    priority: 0,
    attempts: 0,
    expiresAt: null,
    fence: 1,
    leaseUntil: Infinity,
    fact,
  }
  return envelope(job, Date.now())
}
