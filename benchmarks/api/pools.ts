import Database from 'better-sqlite3'
import type { Random } from '#demo/market/random'
import { tronAddress } from '#foundation/text/tron_address'

/** Accounts of TRON whose records are stored, each with as many as the others. */
export const POOLS = Array.from({ length: 100 }, (_, place) =>
  tronAddress(`41${(place + 1).toString(16).padStart(40, '0')}`)
)

/** What their owners look at. */
const PAGES = 3

/** Time between two new records, in milliseconds: all answers about their pool are stale then. */
const RECORD_EVERY_MS = 250

/** A page of the records of any pool, in the path of the original specification. */
export function anyPoolPage(random: Random): string {
  const page = 1 + Math.floor(random.next() * PAGES)
  return `/api/stake/records?pool_account_id=${random.pick(POOLS)}&page=${page}&limit=20`
}

/** Stores a record of any pool again and again, as the scanner does; answers what ends it. */
export function keepStoring(databasePath: string, random: Random): () => void {
  const db = new Database(databasePath, { timeout: 10_000 })
  const table = db.pragma('table_info(stake_records)') as { name: string }[]
  const columns = table.map(({ name }) => name).filter((name) => name !== 'id')
  const values = columns.map((name) => (name === 'tx_hash' ? '?' : name))
  const again = db.prepare(
    `insert into stake_records (${columns.join(', ')})
     select ${values.join(', ')} from stake_records where owner_address = ?
     order by event_time desc limit 1`
  )
  let serial = Date.now()
  const timer = setInterval(
    () => again.run(`e${(serial++).toString(16).padStart(63, '0')}`, random.pick(POOLS)),
    RECORD_EVERY_MS
  )
  return () => {
    clearInterval(timer)
    db.close()
  }
}
