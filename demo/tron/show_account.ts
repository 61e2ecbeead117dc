import type { Delegation, Ledger, PlayAccount } from '#demo/tron/accounts'
import { RESOURCES, showAddress, type Resource } from '#demo/tron/contracts'

/** The account as a node prints it: amounts of zero are left out, the three kinds of stake never. */
export function showAccount(ledger: Ledger, account: PlayAccount, visible: boolean) {
  const { address, balance, createdAt, frozen, unfrozen, stakedOnce } = account
  const delegated = sums(account.delegations)
  const acquired = sums(
    [...ledger.accounts]
      .flatMap(({ delegations }) => delegations)
      .filter(({ receiver }) => receiver === address)
  )
  return {
    address: showAddress(address, visible),
    ...withoutZeros({
      balance,
      create_time: createdAt,
      acquired_delegated_frozenV2_balance_for_bandwidth: acquired.BANDWIDTH,
      delegated_frozenV2_balance_for_bandwidth: delegated.BANDWIDTH,
    }),
    ...(stakedOnce.BANDWIDTH > 0n && {
      frozen: [{ frozen_balance: stakedOnce.BANDWIDTH, expire_time: ONCE_EXPIRED_AT }],
    }),
    account_resource: {
      ...(stakedOnce.ENERGY > 0n && {
        frozen_balance_for_energy: {
          frozen_balance: stakedOnce.ENERGY,
          expire_time: ONCE_EXPIRED_AT,
        },
      }),
      ...withoutZeros({
        delegated_frozenV2_balance_for_energy: delegated.ENERGY,
        acquired_delegated_frozenV2_balance_for_energy: acquired.ENERGY,
      }),
    },
    ...permissions(account, visible),
    frozenV2: RESOURCES.map((resource) => ({
      ...withoutZeros({ amount: frozen[resource] }),
      ...type(resource),
    })),
    ...(unfrozen.length > 0 && {
      unfrozenV2: unfrozen.map(({ resource, amount, availableAt }) => ({
        ...type(resource),
        unfreeze_amount: amount,
        unfreeze_expire_time: availableAt,
      })),
    }),
  }
}

/** Stake 1.0 could be taken back three days after it was given; what is left of it is older. */
const ONCE_EXPIRED_AT = 1_600_000_000_000

function sums(delegations: readonly Delegation[]): Record<Resource, bigint> {
  const sum = { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n }
  for (const { resource, free, locked } of delegations) {
    sum[resource] += free + locked
  }
  return sum
}

function permissions({ address, operators, witnessKey }: PlayAccount, visible: boolean) {
  const keys = (key: string) => [{ address: showAddress(key, visible), weight: 1 }]
  return {
    owner_permission: { permission_name: 'owner', threshold: 1, keys: keys(address) },
    ...(witnessKey && {
      witness_permission: {
        type: 'Witness',
        id: 1,
        permission_name: 'witness',
        threshold: 1,
        keys: keys(witnessKey),
      },
    }),
    ...(operators.length > 0 && {
      active_permission: operators.map((key, place) => ({
        type: 'Active',
        id: place + 2,
        permission_name: `operator ${place + 1}`,
        threshold: 1,
        // One bit for each type of contract: 57 and 58 alone.
        operations: `${'00'.repeat(7)}06${'00'.repeat(24)}`,
        keys: keys(key),
      })),
    }),
  }
}

/**
 * What an account delegates to another: what is locked and what is free are entries of their own.
 */
export function showDelegations(from: PlayAccount | undefined, to: string, visible: boolean) {
  const delegations = from?.delegations.filter(({ receiver }) => receiver === to) ?? []
  const entries = [false, true].flatMap((isLocked) => {
    const amounts = delegations.map((one) => ({ ...one, amount: isLocked ? one.locked : one.free }))
    const shown = amounts.filter(({ amount }) => amount > 0n)
    return shown.length === 0
      ? []
      : [
          {
            from: showAddress(from!.address, visible),
            to: showAddress(to, visible),
            ...Object.fromEntries(
              shown.flatMap(({ resource, amount, lockedUntil }) => [
                [`frozen_balance_for_${resource.toLowerCase()}`, amount],
                ...(isLocked ? [[`expire_time_for_${resource.toLowerCase()}`, lockedUntil]] : []),
              ])
            ),
          },
        ]
  })
  return entries.length > 0 ? { delegatedResource: entries } : {}
}

/** Who delegates to the account, and to whom it does. */
export function showPartners(ledger: Ledger, address: string, visible: boolean) {
  const own = ledger.find(address)?.delegations ?? []
  const from = [...ledger.accounts].filter(({ delegations }) =>
    delegations.some(({ receiver }) => receiver === address)
  )
  const list = (addresses: string[]) =>
    [...new Set(addresses)].map((one) => showAddress(one, visible))
  return {
    account: showAddress(address, visible),
    ...(from.length > 0 && { fromAccounts: list(from.map((account) => account.address)) }),
    ...(own.length > 0 && { toAccounts: list(own.map(({ receiver }) => receiver)) }),
  }
}

function type(resource: Resource) {
  return resource === 'BANDWIDTH' ? {} : { type: resource }
}

/** What is 0 is the default, which nodes leave out. */
export function withoutZeros(fields: Record<string, bigint | number>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value))
}
