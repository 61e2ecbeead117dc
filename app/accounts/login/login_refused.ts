import { Refusal } from '#foundation/errors'

/** Why a login was refused; resources/lang/<language>/login.json says each in words. */
export type LoginFault =
  | 'malformed'
  | 'foreign_domain'
  | 'wrong_chain'
  | 'unknown_nonce'
  | 'used_nonce'
  | 'expired'
  | 'tampered'
  | 'wrong_signature'
  | 'chain_unreachable'

/** A login that was refused. Only with an unreachable chain can the same signature still succeed. */
export class LoginRefused extends Refusal {
  constructor(readonly reason: LoginFault) {
    super('invalid', reason, `The login was refused: ${reason}`)
  }
}
