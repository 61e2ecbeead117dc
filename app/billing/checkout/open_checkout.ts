import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type DepositAddress from '#models/deposit_address'
import { pollOften } from '#billing/addresses/active_addresses'
import { receivingAddress, type ReceivingSettings } from '#billing/addresses/receiving_address'

/** How long an address is polled often after a pay page was opened, in milliseconds. */
export const OPEN_MS = 600_000

/** Pages that are opened within this time of each other have the address polled once, in milliseconds. */
const OPENED_AGAIN_MS = 60_000

type OpenedCheckout =
  | { to: DepositAddress }
  /** Why no payment is possible now: the operator has to do something, or the chain is away. */
  | { closed: 'not_set_up' | 'chain_unreachable'; cause: Error }

/** Opens the pay page of a user: gives out the address, and has the watcher poll it often. */
export async function openCheckout(
  userId: number,
  settings: ReceivingSettings,
  clock: Clock
): Promise<OpenedCheckout> {
  try {
    const to = await receivingAddress(userId, settings, clock)
    const now = clock.now()
    // Each write wakes all that wait for commits: pages that open soon after need none.
    if (to.watchedUntil < now + OPEN_MS - OPENED_AGAIN_MS) {
      await pollOften([to.address], to.chainId, now + OPEN_MS)
    }
    return { to }
  } catch (error) {
    if (error instanceof RpcFailure) return { closed: 'chain_unreachable', cause: error }
    if (error instanceof OperatorError) return { closed: 'not_set_up', cause: error }
    throw error
  }
}
