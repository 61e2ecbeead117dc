import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { walkFacts } from '#feed/fact_list'
import { keepWatched, type WatchRules } from '#feed/watched_launches'
import type { Page, PageWindow } from '#foundation/walk/page'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { LaunchKind } from '#facts/launch'

/** What a visitor wants to see of the launches. */
export interface FeedWish {
  source?: string
  kind?: LaunchKind
  /**
   * `nearly`: the curve is filled to 80 % or more, and the token has not graduated. `watched`: the
   * visitor watches it.
   */
  stage?: 'nearly' | 'watched'
  /** An address of a token or its creator, or how a symbol or name begins. */
  q?: string
  /** Whose tokens, in lower case. */
  creator?: string
}

/** What is read of a launch to show it. */
export const LAUNCH_COLUMNS = [...factTypes.launch.columns, 'created_at']

const NOTHING: WatchRules = { addresses: [], words: [] }

/**
 * The newest launches that match.
 *
 * @param watched what the visitor watches
 */
export function findLaunches(
  wish: FeedWish,
  window: PageWindow,
  watched = NOTHING
): Promise<Page<FactRow>> {
  const { source, kind, stage, q, creator } = wish
  if (stage || q) return searchLaunches(wish, window, watched)
  return walkFacts('launch', { source, kind, creator }, { ...window, columns: LAUNCH_COLUMNS })
}

async function searchLaunches(
  { source, kind, stage, q }: FeedWish,
  { before, limit }: PageWindow,
  watched: WatchRules
): Promise<Page<FactRow>> {
  const query = db
    .from('launch_events')
    .select(LAUNCH_COLUMNS)
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (source) query.where('source', source)
  if (kind) query.where('kind', kind)
  if (before !== undefined) query.where('id', '<', before)
  if (stage === 'nearly') keepNearlyThere(query)
  if (stage === 'watched') await keepWatched(query, watched, { before, limit })
  if (q) keepNamed(query, q)

  const rows: FactRow[] = await query
  const page = rows.slice(0, limit)
  return { rows: page, below: rows.length > limit ? Number(page.at(-1)!.id) : null }
}

/** The index `pools_nearly_there` has these curves alone. */
const NEARLY_THERE = `select token_address from pools
  where kind = 'curve' and removed_at is null
  and (length(progress) = 19 or (length(progress) = 18 and progress >= '800000000000000000'))`

function keepNearlyThere(query: DatabaseQueryBuilderContract) {
  query
    .where('kind', 'created')
    .whereRaw(`token_address in (${NEARLY_THERE})`)
    .whereRaw(
      `not exists (select 1 from launch_events as later
       where later.token_address = launch_events.token_address
       and later.kind = 'graduated' and later.removed_at is null)`
    )
}

/** So many characters of a name are in its index. */
const INDEXED = 40

function keepNamed(query: DatabaseQueryBuilderContract, q: string) {
  const text = q.toLowerCase()
  if (/^0x[0-9a-f]{40}$/.test(text)) {
    query.where((either) => void either.where('token_address', text).orWhere('creator', text))
    return
  }
  // What begins with the text lies between it and the text with the last of all characters behind it.
  // A single letter begins too many names: it is looked for as it stands.
  const characters = [...text].slice(0, INDEXED)
  const start = characters.join('')
  const end = characters.length > 1 ? `${start}\u{10ffff}` : start
  const byBytes = db.connection().dialect.name === 'postgres' ? ' collate "C"' : ''
  query.where((either) => {
    for (const column of ['symbol', 'name']) {
      const key = `lower(substr(${column}, 1, ${INDEXED}))${byBytes}`
      either.orWhereRaw(`(${key} >= ? and ${key} <= ?)`, [start, end])
    }
  })
}
