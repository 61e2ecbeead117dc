import type { Heard } from '#collectors/okx/ingest/heard'

/** What rows a message has, in the order in which they are stored. */
const KINDS = [
  'orders',
  'algoOrders',
  'fills',
  'positions',
  'balances',
  'bills',
  'unknowns',
] as const

/** What was heard, in two: its messages, or the rows of the only one. Null where there is one row. */
export function halvesOf(heard: readonly Heard[]): [Heard[], Heard[]] | null {
  if (heard.length > 1) {
    return splitAt(heard, Math.ceil(heard.length / 2))
  }
  const [message] = heard as [Heard]
  const rows = KINDS.flatMap((kind) => message[kind].map((row) => ({ kind, row })))
  if (rows.length < 2) {
    return null
  }
  const [first, second] = splitAt(rows, Math.ceil(rows.length / 2))
  return [[withRows(message, first)], [withRows(message, second)]]
}

interface KindOfRow {
  kind: (typeof KINDS)[number]
  row: unknown
}

function withRows(message: Heard, rows: readonly KindOfRow[]): Heard {
  const ofKind = KINDS.map((kind) => [
    kind,
    rows.filter((each) => each.kind === kind).map(({ row }) => row),
  ])
  return { ...message, ...Object.fromEntries(ofKind) }
}

function splitAt<T>(list: readonly T[], at: number): [T[], T[]] {
  return [list.slice(0, at), list.slice(at)]
}
