import { DepositOutflowSchema } from '#database/schema'

/**
 * What left a deposit address. A `sweep` is a transaction of the address itself, its fee included;
 * a `loss` is a fall of the balance without one.
 */
export default class DepositOutflow extends DepositOutflowSchema {
  declare kind: 'sweep' | 'loss'
  declare txHash: `0x${string}` | null
}
