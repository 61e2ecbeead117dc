import { TronBlockSchema } from '#database/schema'
import type { ProofState } from '#facts/on_tron'

/** A block of TRON that was read lately. */
export default class TronBlock extends TronBlockSchema {
  declare proofState: ProofState
}
