import type { Clock } from '#foundation/clock'
import { withEndpoints } from '#foundation/rpc/endpoint_pool'
import DepositAddress from '#models/deposit_address'
import { depositAddressOf } from '#billing/addresses/deposit_address_of'
import { ExtendedKey } from '#billing/addresses/extended_key'
import { prepareReceiving } from '#billing/addresses/prepare_receiving'
import { sharedAddress } from '#billing/addresses/shared_address'

/** What the environment says about receiving. */
export interface ReceivingSettings {
  chainId: number
  endpoints: string[]
  xpub: string | undefined
  collectWallet: `0x${string}` | undefined
}

/**
 * Where this user pays to: an address of his own, or the one that all share. Asks the chain only
 * when the address is given out for the first time.
 *
 * @throws OperatorError when the environment does not say where, or names a key that must not be used
 * @throws RpcFailure when the address is new and the chain does not answer
 */
export async function receivingAddress(
  userId: number,
  settings: ReceivingSettings,
  clock: Clock
): Promise<DepositAddress> {
  const { chainId, xpub, collectWallet } = settings
  const mine = xpub ? { userId } : { address: collectWallet ?? '' }
  const known = await DepositAddress.query()
    .where({ chainId, ...mine })
    .first()
  if (known) return known

  return withEndpoints(settings, clock, async (endpoints) => {
    const place = { chainId, endpoints, clock }
    await prepareReceiving({ ...place, xpub, collectWallet })
    return xpub
      ? depositAddressOf(userId, { ...place, key: new ExtendedKey(xpub) })
      : sharedAddress(collectWallet!, place)
  })
}
