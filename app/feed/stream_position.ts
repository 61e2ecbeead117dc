import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'

/** The facts that every stream carries, because every reader may have them. */
export const MARKET_TYPES = ['launch', 'trade'] as const satisfies readonly FactType[]

/** How positions call each kind of fact, in the order in which they name them. */
const LETTERS = {
  launch: 'l',
  trade: 't',
  pool: 'p',
  ocr_wallet: 'o',
  payment: 'c',
  push_alert: 'a',
} as const satisfies Record<FactType, string>

const TYPES = Object.keys(LETTERS) as FactType[]

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
  return TYPES.filter((type) => position[type] !== undefined)
}

/** As it travels in `id:` and `Last-Event-ID`: `l123.t456`. */
export function formatPosition(position: StreamPosition): string {
  return typesOf(position)
    .map((type) => `${LETTERS[type]}${position[type]}`)
    .join('.')
}

/** Null when the text is no position of a stream that carries these facts. */
export function parsePosition(text: string, types: readonly FactType[]): StreamPosition | null {
  const named = TYPES.filter((type) => types.includes(type))
  const pattern = named.map((type) => `${LETTERS[type]}(\\d{1,15})`).join(String.raw`\.`)
  const ids = new RegExp(`^${pattern}$`).exec(text)?.slice(1)
  return ids ? Object.fromEntries(named.map((type, index) => [type, Number(ids[index])])) : null
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
