import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { withEndpoints } from '#foundation/rpc/with_endpoints'
import DepositAddress from '#models/deposit_address'
import { depositAddressOf, sharedAddress, storeAddress } from '#billing/addresses/deposit_address'
import { ExtendedKey } from '#billing/addresses/extended_key'

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

/** Kept for the proof and never given out: wallets show it as their own first address. */
const PROVING_INDEX = 0

const UNREAD = { block: 0, balance: 0n, nonce: 0 }

/**
 * Makes sure that this is the key whose addresses were given out: what is paid to an address of a
 * lost key cannot be spent.
 *
 * @throws OperatorError when it is another one
 */
export async function proveExtendedKey(key: ExtendedKey, chainId: number, clock: Clock) {
  const address = key.address(PROVING_INDEX)
  const place = { chainId, derivationIndex: PROVING_INDEX }
  const known = await DepositAddress.query().where(place).first()

  if (!known) {
    await storeAddress({ ...place, address }, UNREAD, clock.now())
  } else if (known.address !== address) {
    throw new OperatorError(
      `BNB_XPUB is another key than the one whose addresses were given out: its address 0 is ` +
        `${address}, that of the other is ${known.address}. Put the other one back`
    )
  }
}
