import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { proveExtendedKey } from '#billing/addresses/prove_extended_key'
import { sharedAddress } from '#billing/addresses/shared_address'

interface Receiving {
  xpub: string | undefined
  collectWallet: `0x${string}` | undefined
  chainId: number
  endpoints: EndpointPool
  clock: Clock
}

/**
 * Makes sure that payments can be received as the environment says, before anything is watched.
 *
 * @throws OperatorError when it does not say where, or names a key that must not be used
 * @throws RpcFailure when the shared wallet is new and the chain does not answer
 */
export async function prepareReceiving({ xpub, collectWallet, ...place }: Receiving) {
  if (xpub) {
    await proveExtendedKey(new ExtendedKey(xpub), place.chainId, place.clock)
  } else if (collectWallet) {
    await sharedAddress(collectWallet, place)
  } else {
    throw new OperatorError(
      'Nowhere to receive: set BNB_XPUB (an address for each user) or BNB_COLLECT_WALLET (one ' +
        'for all) in .env. docs/payments.md says how to make an xpub'
    )
  }
}
