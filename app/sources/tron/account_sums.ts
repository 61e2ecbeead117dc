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

/** Sums as they are stored: sun as decimal text. */
export interface SumsInText {
  staked: Record<TronResource, string>
  delegated: Record<TronResource, string>
  unfreezing: string
}

/** The sums of an account that has never staked. */
export function noSums(): AccountSums {
  const none = { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n }
  return { staked: { ...none }, delegated: { ...none }, unfreezing: 0n }
}

/** What a node tells of an account besides its stake. */
export interface ToldAccount extends AccountSums {
  isContract: boolean
  /** Epoch milliseconds; 0 for one that has been there from the beginning, null where there is none. */
  createdAt: number | null
}

/**
 * Reads the stake 2.0 of an account from the answer to `getaccount`: amounts of 0 are left out, and
 * what has no type is BANDWIDTH. Delegating moves stake from `frozenV2` to sums of its own. An account
 * that does not exist is an empty object.
 *
 * @throws TronDecodeError
 */
export function readAccountSums(answer: unknown): ToldAccount {
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
  const createdAt = account.address === undefined ? null : integerOf(account.create_time)
  return { ...sums, isContract: account.type === 'Contract', createdAt }
}

const sunIn = (value: unknown) => BigInt(integerOf(value))

function entries(list: unknown): JsonObject[] {
  return arrayOf(list ?? [], 'entries').map((each) => objectOf(each, 'an entry'))
}

/** As they are stored. */
export function inText({ staked, delegated, unfreezing }: AccountSums): SumsInText {
  return {
    staked: eachOf(staked, String),
    delegated: eachOf(delegated, String),
    unfreezing: String(unfreezing),
  }
}

/** From how they are stored. */
export function sumsIn({ staked, delegated, unfreezing }: SumsInText): AccountSums {
  return {
    staked: eachOf(staked, BigInt),
    delegated: eachOf(delegated, BigInt),
    unfreezing: BigInt(unfreezing),
  }
}

function eachOf<From, To>(sums: Record<TronResource, From>, turn: (sum: From) => To) {
  const turned = Object.entries(sums).map(([resource, sum]) => [resource, turn(sum as From)])
  return Object.fromEntries(turned) as Record<TronResource, To>
}
