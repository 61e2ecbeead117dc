import { DelegateRecordSchema } from '#database/schema'
import type { ProofState, RecordStatus, TronResource } from '#facts/on_tron'
import type { DelegateOperation } from '#facts/tron_delegation'

/** Stake of one account works for another, or does so no more. Amounts are stake in sun. */
export default class DelegateRecord extends DelegateRecordSchema {
  declare operationType: DelegateOperation
  declare resourceType: TronResource
  declare proofState: ProofState
  declare status: RecordStatus
}
