import { UnconfirmedDepositSchema } from '#database/schema'

/**
 * What came in at an address and is not final yet, in wei. It is final once `finalBlock`, which
 * began at `fromBlock`, has reached `blockNumber`.
 */
export default class UnconfirmedDeposit extends UnconfirmedDepositSchema {
  static selfAssignPrimaryKey = true
}
