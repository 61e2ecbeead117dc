import { DepositOutflowSchema } from '#database/schema'

/**
 * What left a deposit address. A `sweep` is a transaction of the address itself, its fee included;
 * a `delegation` lets code act for it (EIP-7702) and takes nothing; a `loss` is what such code took.
 */
export default class DepositOutflow extends DepositOutflowSchema {
  declare kind: 'sweep' | 'delegation' | 'loss'
  declare txHash: `0x${string}` | null
}
