import { StakeRecordSchema } from '#database/schema'
import type { ProofState, RecordStatus, TronResource } from '#facts/on_tron'
import type { InfoState, StakeOperation } from '#facts/tron_stake'

/** An account of TRON changed its own stake. Amounts are decimal text in sun. */
export default class StakeRecord extends StakeRecordSchema {
  declare operationType: StakeOperation
  declare resourceType: TronResource | null
  declare infoState: InfoState
  declare proofState: ProofState
  declare status: RecordStatus
}
