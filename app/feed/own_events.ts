import type { FeedEvent } from '#feed/stream_position'
import { allFactTypes, factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'

/**
 * The kinds of facts that the stream of an account carries. What is about other people is the
 * operator's alone.
 *
 * @param reach whose facts the account may see; null is everybody's
 */
export function ownTypes(reach: number | null, mayReadPeople: boolean): FactType[] {
  const types = allFactTypes()
  return types.filter((type) => !factTypes[type].isPersonal || (reach === null && mayReadPeople))
}

/** Whether an account may have an event: of what concerns one user, only its own. */
export function isOwn(reach: number | null, { type, row }: FeedEvent): boolean {
  const { ownerColumn } = factTypes[type]
  if (!ownerColumn) return true

  const owner = row[ownerColumn]
  // A payment that matched nobody is no news until it is assigned.
  return reach === null ? type !== 'payment' || owner !== null : Number(owner) === reach
}
