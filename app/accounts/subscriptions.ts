import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import { LAUNCH_KINDS, type LaunchKind } from '#facts/launch'
import { launchpads } from '#sources/venues'
import Subscription from '#models/subscription'
import { eligibleUsers, type ReachingChannel } from '#billing/plans/eligible_users'

/** One kind of launch that a user may want to be told of. */
export interface Switch {
  source: string
  kind: LaunchKind
}

/** What there is a switch for: the venues that launch tokens, and what happens there. */
export function allSwitches(): Switch[] {
  return launchpads().flatMap(({ name: source }) => LAUNCH_KINDS.map((kind) => ({ source, kind })))
}

/** A switch in one word, such as `four.created`. */
export function switchName({ source, kind }: Switch): string {
  return `${source}.${kind}`
}

const TABLE: WrittenTable = {
  name: 'subscriptions',
  columns: { user_id: 'bigint', source: 'text', kind: 'text', created_at: 'bigint' },
}

/** Each switch, and whether it is on. */
export async function switchesOf(userId: number): Promise<(Switch & { isOn: boolean })[]> {
  const on = await Subscription.query().where('user_id', userId)
  return allSwitches().map((one) => ({ ...one, isOn: on.some((row) => isSame(row, one)) }))
}

/** Turns on the switches that are named, and off all others. */
export async function setSwitches(userId: number, wanted: readonly Switch[], clock: Clock) {
  await writeTransaction((client) => putSwitches(client, userId, wanted, clock.now()))
}

/** As `setSwitches`, in a transaction that is under way. */
export async function putSwitches(
  client: TransactionClientContract,
  userId: number,
  wanted: readonly Switch[],
  now: number
) {
  const rows = await Subscription.query({ client }).where('user_id', userId)
  for (const row of rows) {
    if (!wanted.some((one) => isSame(row, one))) await row.delete()
  }
  const missing = wanted.filter((one) => !rows.some((row) => isSame(row, one)))
  await switchOn(client, userId, missing, now)
}

/** Turns on everything there is, as a new account begins. */
export function switchAllOn(client: TransactionClientContract, userId: number, now: number) {
  return switchOn(client, userId, allSwitches(), now)
}

/** Two browsers at once may turn on the same. */
async function switchOn(
  client: TransactionClientContract,
  userId: number,
  switches: readonly Switch[],
  now: number
) {
  const rows = switches.map((one) => ({ ...one, user_id: userId, created_at: now }))
  await insertRows(client, TABLE, rows)
}

function isSame(one: Switch, other: Switch): boolean {
  return one.source === other.source && one.kind === other.kind
}

/**
 * The names of the switches whose launches reach a user now: by the same query that decides who is
 * told of one.
 *
 * @param channels all over which launches may reach him
 * @param now epoch milliseconds
 */
export async function reachedSwitches(
  userId: number,
  channels: readonly ReachingChannel[],
  now: number
): Promise<Set<string>> {
  const query = eligibleUsers(db.connection(), channels, now).where('users.id', userId)
  const reached: Switch[] = await query
  return new Set(reached.map(switchName))
}
