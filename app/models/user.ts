import { UserSchema } from '#database/schema'
import { AccessTokens } from '#models/access_tokens'

/** A user with a wallet, or the operator's account for programs, which has none. */
export default class User extends UserSchema {
  static readonly accessTokens = new AccessTokens({
    tokenableModel: User,
    table: 'access_tokens',
    prefix: 'regou_',
    type: 'api_token',
  })

  /** Whose things this account sees and changes: its own (its id), or every account's (null). */
  get reach(): number | null {
    return this.walletAddress === null ? null : this.id
  }
}
