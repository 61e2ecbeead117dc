import { DepositAddressSchema } from '#database/schema'

/**
 * An address that receives payments. Without a user it is the shared wallet (no index) or the one
 * that proves which extended key is in use (index 0). `seen…` is what has been accounted for.
 */
export default class DepositAddress extends DepositAddressSchema {
  declare address: `0x${string}`
}
