import { WechatQrLoginSchema } from '#database/schema'

/** States of a login that goes on. */
export const OPEN_LOGIN_STATES = ['waiting', 'scanned', 'needs_code', 'wrong_code'] as const

/**
 * How far a login is. Ended ones: `bound`; `expired` after several codes; `blocked` after wrong
 * digits; `taken`: WeChat says that it is bound already, and no token that is stored here works;
 * `untrusted`: it was sent to a host that may not be used; `cancelled` by the user; `replaced` by a
 * newer one; `failed`: iLink did not answer as it should.
 */
export type LoginState =
  | (typeof OPEN_LOGIN_STATES)[number]
  | 'bound'
  | 'expired'
  | 'blocked'
  | 'taken'
  | 'untrusted'
  | 'cancelled'
  | 'replaced'
  | 'failed'

/** A code that a user scans to bind their WeChat. Its key and its content are gone when it has ended. */
export default class WechatQrLogin extends WechatQrLoginSchema {
  declare state: LoginState
}
