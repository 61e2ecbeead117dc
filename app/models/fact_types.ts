/** What the outbox, the envelope and the API need to know of each fact table. */

import {
  LAUNCH_COLUMNS,
  OCR_WALLET_COLUMNS,
  PAYMENT_COLUMNS,
  POOL_COLUMNS,
  PUSH_ALERT_COLUMNS,
  TRADE_COLUMNS,
} from '#models/fact_columns'
import { onChain } from '#models/fact_type_definition'
import type { FactRow, FactTypeDefinition } from '#models/fact_type_definition'

export type { FactRow }

export type FactType = 'ocr_wallet' | 'payment' | 'push_alert' | 'launch' | 'pool' | 'trade'

/** What a job announces: that something happened, or that a reorg took it back. */
export type Announcement = FactType | Removal
type Removal = `${FactType}.removed`

/** In the order in which they are planned: what is urgent first, and what others refer to. */
export const factTypes: Record<FactType, FactTypeDefinition> = {
  ocr_wallet: {
    table: 'ocr_wallet_info',
    source: 'ocr_wallet_service',
    eventType: () => 'ocr_wallet_data',
    columns: OCR_WALLET_COLUMNS,
    isPersonal: true,
    identity: ['msg_id', 'wallet_code'],
    timeColumn: 'create_time',
    isOnChain: false,
  },
  payment: {
    table: 'payments',
    source: 'regou',
    eventType: () => 'payment.credited',
    columns: PAYMENT_COLUMNS,
    ownerColumn: 'owner_id',
    identity: ['chain_id', 'address', 'to_block', 'position'],
    timeColumn: 'event_time',
    // Only what is final is credited: no reorg takes it back.
    isOnChain: false,
  },
  push_alert: {
    table: 'push_alerts',
    source: 'regou',
    eventType: () => 'push.alert',
    columns: PUSH_ALERT_COLUMNS,
    ownerColumn: 'owner_id',
    identity: ['kind', 'endpoint_id', 'owner_id', 'since', 'ends_at'],
    timeColumn: 'event_time',
    isOnChain: false,
  },
  launch: {
    table: 'launch_events',
    eventType: (fact) => `launch.${fact.kind}`,
    kinds: ['created', 'graduated'],
    columns: LAUNCH_COLUMNS,
    ...onChain('launch_tx'),
  },
  pool: {
    table: 'pools',
    eventType: () => 'pool.created',
    columns: POOL_COLUMNS,
    ...onChain('tx_hash'),
  },
  trade: {
    table: 'trades',
    eventType: () => 'trade.executed',
    columns: TRADE_COLUMNS,
    ...onChain('tx_hash'),
  },
}

const REMOVED = '.removed'

export function removalOf(type: FactType): Announcement {
  return `${type}${REMOVED}`
}

export function isRemoval(announcement: Announcement): announcement is Removal {
  return announcement.endsWith(REMOVED)
}

/** The kind of fact that is announced, or that was taken back. */
export function factTypeOf(announcement: Announcement): FactType {
  return (
    isRemoval(announcement) ? announcement.slice(0, -REMOVED.length) : announcement
  ) as FactType
}

/** The event type that an announcement of this fact goes out as. */
export function eventTypeOf(announcement: Announcement, fact: FactRow): string {
  const eventType = factTypes[factTypeOf(announcement)].eventType(fact)
  return isRemoval(announcement) ? `${eventType}${REMOVED}` : eventType
}

/** Every type of event that facts of a table go out as, each with the kind that does; null for all. */
export function eventTypesOf(type: FactType): { kind: string | null; eventType: string }[] {
  const kinds = factTypes[type].kinds ?? [null]
  return kinds.map((kind) => ({ kind, eventType: factTypes[type].eventType({ kind }) }))
}

/** Where a fact comes from, as its event says it. */
export function sourceOf(announcement: Announcement, fact: FactRow): string {
  return factTypes[factTypeOf(announcement)].source ?? String(fact.source)
}

/** What has to be read of a fact in order to plan it. */
export function plannedColumns(type: FactType): string[] {
  const { columns, ownerColumn } = factTypes[type]
  return [...columns, ...(ownerColumn ? [ownerColumn] : []), 'created_at', 'removed_at']
}

/** When what is announced happened, in epoch milliseconds. */
export function happenedAt(announcement: Announcement, fact: FactRow): number {
  return Number(fact[factTypes[factTypeOf(announcement)].timeColumn])
}
