import { OneUseKeySchema } from '#database/schema'

/** A link, code or nonce that counts once, by its hash. */
export default class OneUseKey extends OneUseKeySchema {
  static selfAssignPrimaryKey = true
}
