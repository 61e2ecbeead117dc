import { ContractRefused, type Delegation, type PlayAccount } from '#demo/tron/accounts'
import type { Resource } from '#demo/tron/contracts'
import type { Deed } from '#demo/tron/deed'
import { TRX } from '#demo/tron/stake_rules'
import type { Effects } from '#demo/tron/transaction_info'

/** A lock period counts blocks as if none was ever missed. */
const BLOCK_MS = 3000

/** Three days, for a lock without a period. */
const DEFAULT_LOCK_BLOCKS = 86_400n

/** Chain parameter `getMaxDelegateLockPeriod`: thirty days. */
export const MOST_LOCK_BLOCKS = 864_000n

/** A lock counts for all that is locked of the pair, and must not end sooner than the last one. */
export function delegate({ ledger, owner, value, now }: Deed): Effects {
  const amount = (value.balance as bigint | undefined) ?? 0n
  const resource = delegable(value.resource)
  const receiver = ledger.get(value.receiver_address as string)
  if (amount < TRX) {
    throw new ContractRefused('delegateBalance must be greater than or equal to 1 TRX')
  }
  if (amount > owner.frozen[resource]) {
    throw new ContractRefused(
      `delegateBalance must be less than or equal to available Freeze${resource}V2 balance`
    )
  }
  if (receiver.address === owner.address) {
    throw new ContractRefused('receiverAddress must not be the same as ownerAddress')
  }

  const before = current(owner, receiver.address, resource, now)
  const after = value.lock
    ? lock(before, amount, value.lock_period as bigint | undefined, now)
    : { ...before, free: before.free + amount }
  ledger.change(owner, {
    frozen: { ...owner.frozen, [resource]: owner.frozen[resource] - amount },
    delegations: replaced(owner, before, after),
  })
  return {}
}

function lock(before: Delegation, amount: bigint, period: bigint | undefined, now: number) {
  const blocks = period || DEFAULT_LOCK_BLOCKS
  const lockedUntil = now + Number(blocks) * BLOCK_MS
  if (blocks > MOST_LOCK_BLOCKS) {
    throw new ContractRefused('The lock period of delegate resource is over the maximum')
  }
  if (lockedUntil < before.lockedUntil) {
    throw new ContractRefused(
      `The lock period for ${before.resource} this time cannot be less than the remaining time[${before.lockedUntil - now}ms] of the last lock period for ${before.resource}!`
    )
  }
  return { ...before, locked: before.locked + amount, lockedUntil }
}

/** A part or all of what is not locked, or not any more. */
export function undelegate({ ledger, owner, value, now }: Deed): Effects {
  const amount = (value.balance as bigint | undefined) ?? 0n
  const resource = delegable(value.resource)
  const before = current(owner, value.receiver_address as string, resource, now)
  if (amount <= 0n || amount > before.free) {
    throw new ContractRefused(
      `insufficient delegatedFrozenBalance(${resource}), request=${amount}, unlock_balance=${before.free}`
    )
  }
  ledger.change(owner, {
    frozen: { ...owner.frozen, [resource]: owner.frozen[resource] + amount },
    delegations: replaced(owner, before, { ...before, free: before.free - amount }),
  })
  return {}
}

function delegable(value: unknown): Resource {
  if (value === 'TRON_POWER') {
    throw new ContractRefused('ResourceCode error, valid ResourceCode[BANDWIDTH、ENERGY]')
  }
  return (value as Resource | undefined) ?? 'BANDWIDTH'
}

/** The delegation to a receiver, with a lock that has ended counted as free. */
function current(
  { delegations }: PlayAccount,
  receiver: string,
  resource: Resource,
  now: number
): Delegation {
  const found = delegations.find((one) => one.receiver === receiver && one.resource === resource)
  const given = found ?? { receiver, resource, free: 0n, locked: 0n, lockedUntil: 0 }
  return given.lockedUntil < now
    ? { ...given, free: given.free + given.locked, locked: 0n, lockedUntil: 0 }
    : given
}

function replaced({ delegations }: PlayAccount, before: Delegation, after: Delegation) {
  const others = delegations.filter(
    ({ receiver, resource }) => receiver !== before.receiver || resource !== before.resource
  )
  return after.free + after.locked > 0n ? [...others, after] : others
}
