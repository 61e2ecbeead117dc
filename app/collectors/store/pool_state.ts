import type { ChainLog } from '#sources/facts'

/** A pool as its venue names it, in the columns of the tables that hold pools. */
export interface NamedPool {
  source: string
  pool_id: string
}

/** The state of a pool, or what one log tells of it. Amounts are decimal text. */
export interface PoolState {
  price: string | null
  base_reserve: string | null
  quote_reserve: string | null
  progress: string | null
  price_at: number | null
  reserves_at: number | null
  progress_at: number | null
}

/** What is told of a pool. Its quote asset and raise target do not change, so they have no place. */
export interface StateRow extends NamedPool, PoolState {
  quote_address: string | null
  raise_target: string | null
}

/** The parts of a state, each with the column that says which log it is from. */
const PARTS = {
  price_at: ['price'],
  reserves_at: ['base_reserve', 'quote_reserve'],
  progress_at: ['progress'],
} as const

export const PLACES = Object.keys(PARTS) as (keyof typeof PARTS)[]

export const STATE_COLUMNS = {
  source: 'text',
  pool_id: 'text',
  quote_address: 'text',
  price: 'text',
  base_reserve: 'text',
  quote_reserve: 'text',
  raise_target: 'text',
  progress: 'text',
  price_at: 'bigint',
  reserves_at: 'bigint',
  progress_at: 'bigint',
} as const

/** No block has so many: each costs gas. */
export const LOGS_PER_BLOCK = 1_000_000

/** Where a log stands on its chain, as one number. */
export function placeOf({ blockNumber, logIndex }: ChainLog): number {
  return blockNumber * LOGS_PER_BLOCK + logIndex
}

/** `placeOf` of two columns. */
export function placeSql(block: string, logIndex: string): string {
  return `${block} * ${LOGS_PER_BLOCK} + ${logIndex}`
}

export function blockOf(place: number): number {
  return Math.floor(place / LOGS_PER_BLOCK)
}

export function poolKey({ source, pool_id: id }: NamedPool): string {
  return `${source}:${id}`
}

/** The place of what a row tells; a row that was read from one log has one. */
export function placeIn({
  price_at: price,
  reserves_at: reserves,
  progress_at: progress,
}: PoolState) {
  return Math.max(price ?? 0, reserves ?? 0, progress ?? 0)
}

/** What a row tells, in one row for each log that it is from. */
export function byPlace(row: StateRow): StateRow[] {
  const places = new Set(PLACES.map((place) => row[place]).filter((place) => place !== null))
  return [...places].map((place) => withoutParts(row, (at) => at !== place))
}

/** A state without those parts whose place is one of these: they are unknown. */
export function withoutParts<State extends PoolState>(
  state: State,
  isGone: (place: number) => boolean
): State {
  const rest = { ...state }
  for (const at of PLACES.filter((each) => isGone(state[each] ?? 0))) {
    for (const column of [at, ...PARTS[at]] as const) {
      rest[column] = null as never
    }
  }
  return rest
}

/** The newest of what rows tell of each pool. */
export function newestOf<Row extends StateRow>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  const newest = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row)
    const state = newest.get(key)
    if (state) {
      add(state, row)
    } else {
      newest.set(key, { ...row })
    }
  }
  return [...newest.values()]
}

/** A state after what was told is added: of each part, the newer one. */
export function stateAfter<State extends PoolState>(state: State, told: NoInfer<State>): State {
  const after = { ...told, ...state }
  add(after, told)
  return after
}

function add(state: PoolState, told: PoolState) {
  for (const place of PLACES) {
    if (told[place] !== null && told[place] >= (state[place] ?? 0)) {
      state[place] = told[place]
      for (const column of PARTS[place]) {
        state[column] = told[column] ?? state[column]
      }
    }
  }
}

/** `stateAfter` for all rows of a table at once, to stand behind SET. */
export function mergeSql(table: string, told: string): string {
  const quote = `quote_address = coalesce(${table}.quote_address, ${told}.quote_address)`
  const target = `raise_target = coalesce(${told}.raise_target, ${table}.raise_target)`
  const parts = PLACES.flatMap((place) => {
    const isNewer = `${told}.${place} >= coalesce(${table}.${place}, 0)`
    return [place, ...PARTS[place]].map(
      (column) =>
        `${column} = case when ${isNewer}
           then coalesce(${told}.${column}, ${table}.${column}) else ${table}.${column} end`
    )
  })
  return [quote, target, ...parts].join(', ')
}

/** The columns of a pool that trades change. */
export const CHANGING_COLUMNS = [...PLACES, ...PLACES.flatMap((place) => PARTS[place])]

/** A pool's state as a row holds it; large numbers arrive as text from some databases. */
export function stateIn(row: Record<string, unknown>): PoolState {
  const state = Object.fromEntries(CHANGING_COLUMNS.map((column) => [column, row[column] ?? null]))
  for (const place of PLACES) {
    state[place] = state[place] === null ? null : Number(state[place])
  }
  return state as unknown as PoolState
}

const COMPLETE = 10n ** 18n

/** How much of a raise target (quote wei) has been raised: 1e18 is all of it. */
export function raisedShare(raised: bigint, target: bigint): bigint {
  const share = (raised * COMPLETE) / target
  return share < COMPLETE ? share : COMPLETE
}
