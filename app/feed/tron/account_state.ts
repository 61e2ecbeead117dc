import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { newestCheck } from '#feed/tron/account_checks'
import { unfreezeView, type UnfreezeRow } from '#feed/tron/unfreeze_view'

/** The newest records that are looked through for what stands now. */
const MOST_RECORDS = 20_000

/** Delegations and unfreezings that are told, at most. */
const MOST_TOLD = 200

/** Stake of an account that works for another. */
export interface StandingDelegation {
  receiver_address: string
  resource_type: string
  /** In sun. */
  amount: string
  /** Until when none of it can be taken back; null: it can. */
  locked_until: number | null
  since: number
}

/**
 * An account as its records tell: what stands delegated, what is on its way out, and what stands behind
 * it. Records begin where the watch began, so what was before is in the account check alone.
 *
 * @param now epoch milliseconds
 */
export async function accountState(chainId: number, address: string, now: number) {
  const ofAccount = { chain_id: chainId, owner_address: address }
  const [watch] = await db
    .from('tron_accounts')
    .where({ chain_id: chainId, address })
    .min('watch_from as from')
    .count('* as watchers')
  const open = await db
    .from('unfreeze_records')
    .where(ofAccount)
    .whereIn('status', ['waiting', 'ready'])
    .orderBy('available_time')
    .limit(MOST_TOLD)
  const delegations = await standingDelegations(ofAccount)

  return {
    address,
    chain_id: chainId,
    is_watched: Number(watch.watchers) > 0,
    watch_from: watch.from === null ? null : Number(watch.from),
    staked: await stakedSince(chainId, address),
    delegations: delegations.slice(0, MOST_TOLD),
    unfreezings: open.map((row: UnfreezeRow) => unfreezeView(row, now)),
    proof: await proofOf(ofAccount),
    check: await newestCheck(chainId, address),
  }
}

/** What was frozen by resource since the watch began, less what was unfrozen; in sun, maybe below zero. */
async function stakedSince(chainId: number, address: string): Promise<Record<string, string>> {
  const rows = await db
    .from('stake_records')
    .where({ owner_address: address, chain_id: chainId, status: 'confirmed' })
    .whereNull('removed_at')
    .whereIn('operation_type', ['freeze', 'unfreeze', 'cancel'])
    .whereNotNull('resource_type')
    .orderBy('event_time', 'desc')
    .limit(MOST_RECORDS)
    .select('operation_type', 'resource_type', 'amount')
  const staked: Record<string, bigint> = {}
  for (const { operation_type: operation, resource_type: resource, amount } of rows) {
    const moved = operation === 'unfreeze' ? -BigInt(amount ?? 0) : BigInt(amount ?? 0)
    staked[resource] = (staked[resource] ?? 0n) + moved
  }
  return Object.fromEntries(Object.entries(staked).map(([name, sun]) => [name, String(sun)]))
}

/** What was delegated and not taken back, the largest first. */
async function standingDelegations(ofAccount: object): Promise<StandingDelegation[]> {
  const newest: FactRow[] = await db
    .from('delegate_records')
    .where({ ...ofAccount, status: 'confirmed' })
    .whereNull('removed_at')
    .orderBy('event_time', 'desc')
    .limit(MOST_RECORDS)
    .select(
      'operation_type',
      'receiver_address',
      'resource_type',
      'amount',
      'locked_until',
      'event_time'
    )

  const standing = new Map<string, StandingDelegation & { sun: bigint }>()
  for (const row of newest.toReversed()) {
    const receiver = String(row.receiver_address)
    const resource = String(row.resource_type)
    const key = `${receiver} ${resource}`
    const known = standing.get(key)
    const moved = BigInt(String(row.amount)) * (row.operation_type === 'delegate' ? 1n : -1n)
    const lock = row.locked_until === null ? null : Number(row.locked_until)
    standing.set(key, {
      receiver_address: receiver,
      resource_type: resource,
      amount: '0',
      sun: (known?.sun ?? 0n) + moved,
      locked_until: lock ?? known?.locked_until ?? null,
      since: known && known.sun > 0n ? known.since : Number(row.event_time),
    })
  }
  return [...standing.values()]
    .filter(({ sun }) => sun > 0n)
    .toSorted((one, other) => (one.sun < other.sun ? 1 : one.sun > other.sun ? -1 : 0))
    .map(({ sun, ...delegation }) => ({ ...delegation, amount: String(sun) }))
}

/** How many of the account's newest records there are of each state of proof. */
async function proofOf(ofAccount: object): Promise<Record<string, number>> {
  const counts: Record<string, number> = { proven: 0, agreed: 0, single: 0 }
  for (const table of ['stake_records', 'delegate_records']) {
    const newest = db
      .from(table)
      .where(ofAccount)
      .whereNull('removed_at')
      .orderBy('event_time', 'desc')
      .limit(MOST_RECORDS)
      .select('proof_state')
    const rows = await db
      .query()
      .from(newest.as('newest'))
      .groupBy('proof_state')
      .select('proof_state')
      .count('* as records')
    for (const { proof_state: state, records } of rows)
      counts[state] = (counts[state] ?? 0) + Number(records)
  }
  return counts
}
