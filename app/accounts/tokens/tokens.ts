import db from '@adonisjs/lucid/services/db'
import limitsConfig from '#config/limits'
import { OperatorError, Refusal } from '#foundation/errors'
import User from '#models/user'
import { knownScopes } from '#accounts/tokens/scopes'

interface NewToken {
  owner: User
  /** Which program it is for. */
  name: string
  scopes: readonly string[]
  /** How long it is valid, in milliseconds; null is for ever. */
  lifetimeMs: number | null
}

/** A token as it is shown this once; only its hash is stored. Times are epoch milliseconds. */
export interface IssuedToken {
  id: number
  name: string
  scopes: string[]
  expires_at: number | null
  token: string
}

/**
 * Makes a token for a program.
 *
 * @throws OperatorError when a scope is not known, or the token would never be valid
 * @throws Refusal when the account has as many valid tokens as it may
 */
export async function issueToken({
  owner,
  name,
  scopes,
  lifetimeMs,
}: NewToken): Promise<IssuedToken> {
  const known = knownScopes(scopes)
  if (lifetimeMs === 0) {
    throw new OperatorError('A token that expires at once is of no use: give it a time such as 90d')
  }
  await refuseTooMany(owner)
  const token = await User.accessTokens.create(owner, known, {
    name,
    expiresIn: lifetimeMs === null ? undefined : Math.ceil(lifetimeMs / 1000),
  })
  return {
    id: Number(token.identifier),
    name,
    scopes: known,
    expires_at: token.expiresAt?.getTime() ?? null,
    token: token.value!.release(),
  }
}

/** The operator's own are not counted. */
async function refuseTooMany(owner: User) {
  if (owner.reach === null) return
  const tokens = await User.accessTokens.all(owner)
  const valid = tokens.filter((token) => !token.isExpired())
  if (valid.length >= limitsConfig.tokens) {
    throw new Refusal(
      'conflict',
      'too_many_tokens',
      `An account may have ${limitsConfig.tokens} tokens (ACCOUNT_TOKENS). Revoke one first: node ace token:revoke`
    )
  }
}

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

/** The tokens of a user, or all, those that have expired included, oldest first. */
export async function listTokens(owner?: User): Promise<ListedToken[]> {
  const rows = await db
    .from('access_tokens as token')
    .join('users', 'users.id', 'token.tokenable_id')
    .orderBy('token.id')
    .select('token.*', 'users.wallet_address')
    .if(owner, (query) => query.where('token.tokenable_id', owner!.id))

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

/**
 * Takes a token back: from the next request on it opens nothing.
 *
 * @throws OperatorError when there is no such token
 */
export async function revokeToken(id: string) {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0
  const deleted: unknown = await db.from('access_tokens').where('id', number).delete()
  if (Number(deleted) === 0) {
    throw new OperatorError(`There is no token ${id}. Those there are: node ace token:list`)
  }
}
