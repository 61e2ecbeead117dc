import { OperatorError } from '#foundation/operator_error'
import { knownScopes } from '#accounts/tokens/scopes'
import User from '#models/user'

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
