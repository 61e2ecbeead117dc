import type { Clock } from '#foundation/clock'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import DepositAddress from '#models/deposit_address'
import { finalizedState } from '#billing/watching/account_state'
import type { ExtendedKey } from '#billing/addresses/extended_key'
import { storeAddress } from '#billing/addresses/store_address'

interface Giver {
  chainId: number
  key: ExtendedKey
  endpoints: EndpointPool
  clock: Clock
}

/**
 * The address to which this user pays, given out at the first call and kept for ever. Its index is
 * the number of the user, which is never used again.
 *
 * @throws RpcFailure when it is a new one and the chain cannot say what it holds already
 */
export async function depositAddressOf(
  userId: number,
  { chainId, key, endpoints, clock }: Giver
): Promise<DepositAddress> {
  const known = await DepositAddress.query().where({ chainId, userId }).first()
  if (known) return known

  const address = key.address(userId)
  const opening = await finalizedState(endpoints, address)
  return storeAddress({ chainId, address, derivationIndex: userId, userId }, opening, clock.now())
}
