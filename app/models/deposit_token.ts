import { DepositTokenSchema } from '#database/schema'

/** Tokens that were sent to a deposit address. They buy nothing: they are seen, and named. */
export default class DepositToken extends DepositTokenSchema {
  declare tokenAddress: `0x${string}`
  declare txHash: `0x${string}`
}
