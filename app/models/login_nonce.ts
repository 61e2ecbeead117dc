import { LoginNonceSchema } from '#database/schema'

/** A message that a wallet was asked to sign, good for one login. */
export default class LoginNonce extends LoginNonceSchema {}
