import { TronAccountSchema } from '#database/schema'

/** An account of TRON whose records are stored, for a user or for the operator. */
export default class TronAccount extends TronAccountSchema {}
