import type { Clock } from '#foundation/clock'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import DepositAddress from '#models/deposit_address'
import { finalizedState } from '#billing/watching/account_state'
import { storeAddress } from '#billing/addresses/store_address'

/**
 * The wallet to which everybody pays (BNB_COLLECT_WALLET), watched from the first call on.
 *
 * @param address in lower case
 * @throws RpcFailure when it is new and the chain cannot say what it holds already
 */
export async function sharedAddress(
  address: `0x${string}`,
  { chainId, endpoints, clock }: { chainId: number; endpoints: EndpointPool; clock: Clock }
): Promise<DepositAddress> {
  const known = await DepositAddress.query().where({ chainId, address }).first()
  return (
    known ??
    storeAddress({ chainId, address }, await finalizedState(endpoints, address), clock.now())
  )
}
