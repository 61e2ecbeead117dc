import db from '@adonisjs/lucid/services/db'
import { creatorRecords, type CreatorRecord } from '#feed/creator_records'

/** Something that is watched, with what is known of it. */
export interface WatchedSubject {
  /** An address or a word, in lower case. */
  subject: string
  /** The token that the address is; null: none that was launched. */
  token: { symbol: string | null; name: string | null } | null
  /** What the address has launched; null: nothing. */
  record: CreatorRecord | null
}

/** Finds out what addresses are. A word is itself. */
export async function describeWatched(subjects: readonly string[]): Promise<WatchedSubject[]> {
  const addresses = subjects.filter((subject) => /^0x[0-9a-f]{40}$/.test(subject))
  const [tokens, records] = await Promise.all([tokensAt(addresses), creatorRecords(addresses)])
  return subjects.map((subject) => {
    const record = records.get(subject)
    return {
      subject,
      token: tokens.get(subject) ?? null,
      record: record && record.tokens > 0 ? record : null,
    }
  })
}

/** By address. A graduation names its token too, but not each venue says how. */
async function tokensAt(addresses: readonly string[]) {
  const rows: { token_address: string; symbol: string | null; name: string | null }[] = await db
    .from('launch_events')
    .whereIn('token_address', [...addresses])
    .whereNull('removed_at')
    .orderBy('id')
    .select('token_address', 'symbol', 'name')
  const byToken = Map.groupBy(rows, ({ token_address: address }) => address)
  return new Map(
    [...byToken].map(([address, events]) => {
      return [address, events.findLast(({ symbol }) => symbol !== null) ?? events[0]!]
    })
  )
}
