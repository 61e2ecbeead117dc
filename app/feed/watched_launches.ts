import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import type { PageWindow } from '#foundation/walk/page'

/** What a user watches: addresses of tokens and creators, and words of names, all in lower case. */
export interface WatchRules {
  addresses: readonly string[]
  words: readonly string[]
}

/** No index finds a word within a name: as many launches are looked through for it, back from where the page begins. */
const SEARCHED = 20_000

/** Leaves the launches that fit one of the rules. Of each address no more are read than a page shows. */
export async function keepWatched(
  query: DatabaseQueryBuilderContract,
  { addresses, words }: WatchRules,
  window: PageWindow
) {
  const found = await Promise.all([
    idsOf('token_address', addresses, window),
    idsOf('creator', addresses, window),
    idsNamed(words, window),
  ])
  query.whereIn('id', [...new Set(found.flat())])
}

const ADDRESS = { address: 'text' } as const

async function idsOf(
  column: 'token_address' | 'creator',
  addresses: readonly string[],
  { before = Number.MAX_SAFE_INTEGER, limit }: PageWindow
): Promise<number[]> {
  const client = db.connection()
  const own = `launch.${column} = address and launch.removed_at is null and launch.id < ?`
  const rows = await rowsOf<{ id: number | string }>(
    client,
    `select id from ${jsonRows(client, 'watched', ADDRESS)}
     join launch_events as launch on ${own} and launch.id >= coalesce((
       select launch.id from launch_events as launch where ${own}
       order by launch.id desc limit 1 offset ${limit}), 0)`,
    [
      jsonOf(
        ADDRESS,
        addresses.map((address) => ({ address }))
      ),
      ...[before, before],
    ]
  )
  return rows.map(({ id }) => Number(id))
}

const NAMED = `lower(coalesce(symbol, '') || ' ' || coalesce(name, '')) like ? escape '!'`

async function idsNamed(words: readonly string[], { before, limit }: PageWindow) {
  if (words.length === 0) {
    return []
  }
  const newest = before ?? 1 + (await newestId())
  const rows: { id: number | string }[] = await db
    .from('launch_events')
    .whereBetween('id', [newest - SEARCHED, newest - 1])
    .whereNull('removed_at')
    .where((either) => {
      for (const word of words) either.orWhereRaw(NAMED, [`%${word.replace(/[!%_]/g, '!$&')}%`])
    })
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select('id')
  return rows.map(({ id }) => Number(id))
}

async function newestId(): Promise<number> {
  const [row] = await db.from('launch_events').max('id as id')
  return Number(row.id ?? 0)
}
