/** Why nobody was logged in; resources/lang/<language>/login.json says each in words. */
export type Refusal =
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
export class LoginRefused extends Error {
  constructor(readonly reason: Refusal) {
    super(`The login was refused: ${reason}`)
    this.name = new.target.name
  }
}
