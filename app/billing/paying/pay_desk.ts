import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { receivingAddress, type ReceivingSettings } from '#billing/addresses/receiving_address'
import { watchClosely } from '#billing/addresses/watch_closely'

/** How long an address is watched closely after a pay page was opened, in milliseconds. */
export const OPEN_MS = 600_000

/** Why nobody can pay now, in a word: the operator has to do something, or the chain is away. */
export type Closed = 'not_set_up' | 'chain_unreachable'

type PayDesk = { to: DepositAddress } | { closed: Closed; cause: Error }

/** Opens the pay page of a user: gives out the address, and has the watcher look at it every few seconds. */
export async function openPayDesk(
  userId: number,
  settings: ReceivingSettings,
  clock: Clock
): Promise<PayDesk> {
  try {
    const to = await receivingAddress(userId, settings, clock)
    await watchClosely([to.address], to.chainId, clock.now() + OPEN_MS)
    return { to }
  } catch (error) {
    if (error instanceof RpcFailure) return { closed: 'chain_unreachable', cause: error }
    if (error instanceof OperatorError) return { closed: 'not_set_up', cause: error }
    throw error
  }
}
