import type { Ledger, PlayAccount } from '#demo/tron/accounts'
import type { ContractValue } from '#demo/tron/contracts'

/** A contract about to be carried out. */
export interface Deed {
  ledger: Ledger
  owner: PlayAccount
  value: ContractValue
  /** The time of the block before, in epoch milliseconds: that of its own block is not known yet. */
  now: number
}
