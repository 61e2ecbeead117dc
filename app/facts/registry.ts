import type { FactKind, FactRow } from '#facts/define_fact'
import { launch } from '#facts/launch'
import { ocrWallet } from '#facts/ocr_wallet'
import { okxBalance } from '#facts/okx_balance'
import { okxExecution } from '#facts/okx_execution'
import { okxOrder } from '#facts/okx_order'
import { okxPosition } from '#facts/okx_position'
import { payment } from '#facts/payment'
import { pool } from '#facts/pool'
import { pushAlert } from '#facts/push_alert'
import { trade } from '#facts/trade'
import { tronDelegation } from '#facts/tron_delegation'
import { tronReady } from '#facts/tron_ready'
import { tronStake } from '#facts/tron_stake'
import { verification } from '#facts/verification'

const OWN = {
  ocr_wallet: ocrWallet,
  payment,
  push_alert: pushAlert,
  okx_order: okxOrder,
  okx_execution: okxExecution,
  okx_position: okxPosition,
  okx_balance: okxBalance,
  verification,
  launch,
  pool,
  trade,
  tron_ready: tronReady,
  tron_stake: tronStake,
  tron_delegation: tronDelegation,
}

export type FactType = keyof typeof OWN

/** What a job announces: that something happened, or that a reorg took it back. */
export type Announcement = FactType | Removal
type Removal = `${FactType}.removed`

/** Every kind of fact, in the order in which they are planned: what is urgent first, and what others refer to. */
export const factTypes: Record<FactType, FactKind> = { ...OWN }

export function allFactTypes(): FactType[] {
  return Object.keys(factTypes) as FactType[]
}

export function allFactKinds(): FactKind[] {
  return Object.values(factTypes)
}

let changes = 0

/**
 * Adds a kind of fact, the last to be planned.
 *
 * @returns takes it out again
 */
export function registerFact(kind: FactKind): () => void {
  const kinds: Record<string, FactKind> = factTypes
  if (kinds[kind.type]) {
    throw new Error(`There is a kind of fact called ${kind.type} already`)
  }
  kinds[kind.type] = kind
  changes++
  return () => {
    delete kinds[kind.type]
    changes++
  }
}

/** A value derived from all kinds of facts: made once, and again when a kind is added. */
export function derived<Value>(make: (kinds: readonly FactKind[]) => Value): () => Value {
  let madeAt = -1
  let value: Value
  return () => {
    if (madeAt !== changes) {
      value = make(allFactKinds())
      madeAt = changes
    }
    return value
  }
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

/** Where a fact comes from, as its event says it. */
export function sourceOf(announcement: Announcement, fact: FactRow): string {
  return factTypes[factTypeOf(announcement)].source ?? String(fact.source)
}

/** When what is announced happened, in epoch milliseconds. */
export function happenedAt(announcement: Announcement, fact: FactRow): number {
  return Number(fact[factTypes[factTypeOf(announcement)].timeColumn])
}
