import { arrayOf, integerOf, objectOf, type JsonObject } from '#sources/tron/json'
import { TRON_RESOURCES, type TronResource } from '#sources/tron/records'

/** What an account has of its stake, in sun. */
export interface AccountSums {
  /** Frozen, with what of it is delegated. */
  staked: Record<TronResource, bigint>
  delegated: Record<TronResource, bigint>
  /** Unfrozen and not taken out, whether its time has come or not. */
  unfreezing: bigint
}

/** The sums of an account that has never staked. */
export function noSums(): AccountSums {
  const none = { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n }
  return { staked: { ...none }, delegated: { ...none }, unfreezing: 0n }
}

/**
 * Reads the stake 2.0 of an account from the answer to `getaccount`: amounts of 0 are left out, and
 * what has no type is BANDWIDTH. Delegating moves stake from `frozenV2` to sums of its own.
 *
 * @throws TronDecodeError
 */
export function readAccountSums(answer: unknown): AccountSums & { isContract: boolean } {
  const account = objectOf(answer, 'an account')
  const resource = objectOf(account.account_resource ?? {}, 'resources')
  const sums = noSums()
  sums.delegated.BANDWIDTH = sunIn(account.delegated_frozenV2_balance_for_bandwidth)
  sums.delegated.ENERGY = sunIn(resource.delegated_frozenV2_balance_for_energy)
  for (const each of TRON_RESOURCES) sums.staked[each] = sums.delegated[each]

  for (const { type = 'BANDWIDTH', amount } of entries(account.frozenV2)) {
    const known = TRON_RESOURCES.find((each) => each === type)
    if (known) sums.staked[known] += sunIn(amount)
  }
  for (const { unfreeze_amount: amount } of entries(account.unfrozenV2)) {
    sums.unfreezing += sunIn(amount)
  }
  return { ...sums, isContract: account.type === 'Contract' }
}

const sunIn = (value: unknown) => BigInt(integerOf(value))

function entries(list: unknown): JsonObject[] {
  return arrayOf(list ?? [], 'entries').map((each) => objectOf(each, 'an entry'))
}
