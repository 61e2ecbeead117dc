import db from '@adonisjs/lucid/services/db'

/** A token without what it proves itself with. Times are epoch milliseconds. */
export interface ListedToken {
  id: number
  name: string | null
  scopes: string[]
  /** Whose it is; null is the operator's own. */
  wallet_address: string | null
  created_at: number
  /** To the minute. */
  last_used_at: number | null
  expires_at: number | null
}

/** All tokens, those that have expired included, oldest first. */
export async function listTokens(): Promise<ListedToken[]> {
  const rows = await db
    .from('access_tokens as token')
    .join('users', 'users.id', 'token.tokenable_id')
    .orderBy('token.id')
    .select('token.*', 'users.wallet_address')

  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    scopes: JSON.parse(row.abilities),
    wallet_address: row.wallet_address,
    created_at: Number(row.created_at),
    last_used_at: timeOf(row.last_used_at),
    expires_at: timeOf(row.expires_at),
  }))
}

/** The framework's times: numbers on SQLite, dates on PostgreSQL. */
function timeOf(value: Date | number | null): number | null {
  return value === null ? null : Number(value)
}
