import type { FactRow } from '#models/fact_types'

/** The facts that a stream carries. */
export type StreamedType = 'launch' | 'trade'

/** How far a reader of the stream has come: the newest id it has of each kind of fact. */
export type StreamPosition = Readonly<Record<StreamedType, number>>

/** A fact on the stream, and how far its reader has come with it. */
export interface FeedEvent {
  type: StreamedType
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

/** As it travels in `id:` and `Last-Event-ID`: `l123.t456`. */
export function formatPosition({ launch, trade }: StreamPosition): string {
  return `l${launch}.t${trade}`
}

/** Null when the text is no position. */
export function parsePosition(text: string): StreamPosition | null {
  const match = /^l(\d{1,15})\.t(\d{1,15})$/.exec(text)
  return match ? { launch: Number(match[1]), trade: Number(match[2]) } : null
}

/** The further of two positions, of each kind of fact for itself. */
export function furthest(one: StreamPosition, other: StreamPosition): StreamPosition {
  return {
    launch: Math.max(one.launch, other.launch),
    trade: Math.max(one.trade, other.trade),
  }
}
