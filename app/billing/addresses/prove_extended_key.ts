import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import DepositAddress from '#models/deposit_address'
import type { ExtendedKey } from '#billing/addresses/extended_key'
import { storeAddress } from '#billing/addresses/store_address'

/** Kept for the proof and given to nobody: wallets show it as their own first address. */
const PROVING_INDEX = 0

const UNREAD = { block: 0, balance: 0n, nonce: 0 }

/**
 * Makes sure that this is the key whose addresses were given out: nobody can spend what is paid to
 * an address of a key that got lost.
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
