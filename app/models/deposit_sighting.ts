import { DepositSightingSchema } from '#database/schema'

/**
 * What was seen to come in at an address and is not final yet, in wei. It is final once `finalBlock`,
 * which began at `fromBlock`, has reached `blockNumber`.
 */
export default class DepositSighting extends DepositSightingSchema {
  static selfAssignPrimaryKey = true
}
