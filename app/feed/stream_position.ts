import type { FactKind, FactRow } from '#facts/define_fact'
import { allFactTypes, derived, factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'

/** The kinds of facts that every stream carries, because every reader may have them. */
export const marketTypes = derived((kinds) =>
  kinds.filter(({ stream }) => stream.isPublic).map(({ type }) => type as FactType)
)

/** Every kind of fact, in the order in which positions name them: what all may have comes first. */
const namedTypes = derived((kinds) =>
  kinds
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map(({ type, stream }) => ({ type: type as FactType, letter: stream.letter }))
)

function rankOf({ stream, isOnChain }: FactKind): number {
  return stream.isPublic ? 0 : isOnChain ? 1 : 2
}

/** How far a reader of a stream has come: the newest id it has of each kind of fact that it gets. */
export type StreamPosition = Readonly<Partial<Record<FactType, number>>>

/** A fact on the stream, and how far its reader has come with it. */
export interface FeedEvent {
  type: FactType
  row: FactRow
  position: StreamPosition
}

/** What was read at once. */
export interface FeedBatch {
  events: readonly FeedEvent[]
  /** How far its reader has come: further than its last event where removed facts were passed. */
  position: StreamPosition
  /** False when more facts wait behind it. */
  isComplete: boolean
}

/** The kinds of facts that a position is about. */
export function typesOf(position: StreamPosition): FactType[] {
  return named(position).map(({ type }) => type)
}

function named(position: StreamPosition) {
  return namedTypes().filter(({ type }) => position[type] !== undefined)
}

/** As it is sent in `id:` and `Last-Event-ID`: `l123.t456`. */
export function formatPosition(position: StreamPosition): string {
  return named(position)
    .map(({ type, letter }) => `${letter}${position[type]}`)
    .join('.')
}

/** Null when the text is no position of a stream that carries these facts. */
export function parsePosition(text: string, types: readonly FactType[]): StreamPosition | null {
  const carried = namedTypes().filter(({ type }) => types.includes(type))
  const pattern = carried.map(({ letter }) => `${letter}(\\d{1,15})`).join(String.raw`\.`)
  const ids = new RegExp(`^${pattern}$`).exec(text)?.slice(1)
  return ids ? Object.fromEntries(carried.map(({ type }, at) => [type, Number(ids[at])])) : null
}

/** The further of two positions, of each kind of fact for itself. */
export function furthest(one: StreamPosition, other: StreamPosition): StreamPosition {
  const ids = typesOf(one).map((type) => [type, Math.max(one[type]!, other[type]!)])
  return Object.fromEntries(ids)
}

/** Whether one is nowhere behind the other. */
export function hasReached(one: StreamPosition, other: StreamPosition): boolean {
  return typesOf(other).every((type) => one[type]! >= other[type]!)
}

/**
 * The kinds of facts that the stream of an account carries. What is about other people is the
 * operator's alone.
 *
 * @param reach whose facts the account may see; null is those of all accounts
 */
export function ownTypes(reach: number | null, mayReadPeople: boolean): FactType[] {
  return allFactTypes().filter(
    (type) => !factTypes[type].isPersonal || (reach === null && mayReadPeople)
  )
}

/** Whether an account may have an event: of what concerns one user, only its own. */
export function isOwn(reach: number | null, { type, row }: FeedEvent): boolean {
  const { ownerColumn, isPrivate, waitsForOwner } = factTypes[type]
  if (!ownerColumn) return true

  const owner = row[ownerColumn]
  if (reach === null && isPrivate) return owner === null
  return reach === null ? !waitsForOwner || owner !== null : Number(owner) === reach
}
