import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import DepositOutflow from '#models/deposit_outflow'
import type { AccountState } from '#billing/watching/account_state'
import type { Outgoing } from '#billing/watching/block_transfers'

/** Stores what left an address: each of its own transactions, and what is gone without one. */
export async function storeOutflows(
  client: TransactionClientContract,
  addressId: number,
  { outgoing, lost, to }: { outgoing: readonly Outgoing[]; lost: bigint; to: AccountState },
  now: number
) {
  const sweeps = outgoing.map(({ hash, nonce, amount, block }) => ({
    kind: 'sweep' as const,
    nonce,
    txHash: hash,
    amount,
    blockNumber: block,
  }))
  const loss = { kind: 'loss' as const, amount: lost, blockNumber: to.block }

  for (const outflow of lost > 0n ? [...sweeps, loss] : sweeps) {
    await DepositOutflow.create({ ...outflow, addressId, createdAt: now }, { client })
  }
}
