import { UserSchema } from '#database/schema'
import { DbAccessTokensProvider } from '@adonisjs/auth/access_tokens'

/** Somebody with a wallet, or the operator's account for programs, which has none. */
export default class User extends UserSchema {
  static readonly accessTokens = DbAccessTokensProvider.forModel(User, {
    table: 'access_tokens',
    prefix: 'regou_',
    type: 'api_token',
  })
}
