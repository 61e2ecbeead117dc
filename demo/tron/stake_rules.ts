import { ContractRefused, type PlayAccount, type Unfreezing } from '#demo/tron/accounts'
import type { Resource } from '#demo/tron/contracts'
import type { Deed } from '#demo/tron/deed'
import type { Effects } from '#demo/tron/transaction_info'

/** Sun in a TRX. */
export const TRX = 1_000_000n

const DAY_MS = 86_400_000

/** Chain parameter 70, `getUnfreezeDelayDays`. */
export const UNFREEZE_DELAY_DAYS = 14

/** Of one account, at a time. */
export const MOST_UNFREEZINGS = 32

export function freeze({ ledger, owner, value }: Deed): Effects {
  const amount = value.frozen_balance as bigint
  const resource = resourceOf(value.resource)
  if (amount < TRX) {
    throw new ContractRefused('frozenBalance must be greater than or equal to 1 TRX')
  }
  if (amount > owner.balance) {
    throw new ContractRefused('frozenBalance must be less than or equal to accountBalance')
  }
  ledger.change(owner, {
    balance: owner.balance - amount,
    frozen: { ...owner.frozen, [resource]: owner.frozen[resource] + amount },
  })
  return {}
}

/** Pays out what is ready as well. */
export function unfreeze({ ledger, owner, value, now }: Deed): Effects {
  const amount = (value.unfreeze_balance as bigint | undefined) ?? 0n
  const resource = resourceOf(value.resource)
  const { waiting, ready } = sort(owner, now)
  if (amount <= 0n || amount > owner.frozen[resource]) {
    throw new ContractRefused(
      `Invalid unfreeze_balance, [${amount}] is error, it must be greater than 0 and not more than what is frozen`
    )
  }
  if (waiting.length >= MOST_UNFREEZINGS) {
    throw new ContractRefused('Invalid unfreeze operation, unfreezing times is over limit')
  }
  const availableAt = now + UNFREEZE_DELAY_DAYS * DAY_MS
  ledger.change(owner, {
    balance: owner.balance + ready,
    frozen: { ...owner.frozen, [resource]: owner.frozen[resource] - amount },
    unfrozen: [...waiting, { resource, amount, availableAt }],
  })
  return { withdrawn: ready }
}

export function withdraw({ ledger, owner, now }: Deed): Effects {
  const { waiting, ready } = sort(owner, now)
  if (ready === 0n) {
    throw new ContractRefused('no unFreeze balance to withdraw ')
  }
  ledger.change(owner, { balance: owner.balance + ready, unfrozen: waiting })
  return { withdrawn: ready }
}

/** What waits is staked again for what it was; what is ready is paid out. */
export function cancelAll({ ledger, owner, now }: Deed): Effects {
  if (owner.unfrozen.length === 0) {
    throw new ContractRefused('No unfreezeV2 list to cancel')
  }
  const { waiting, ready } = sort(owner, now)
  const cancelled = { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n }
  const frozen = { ...owner.frozen }
  for (const { resource, amount } of waiting) {
    cancelled[resource] += amount
    frozen[resource] += amount
  }
  ledger.change(owner, { balance: owner.balance + ready, frozen, unfrozen: [] })
  return { withdrawn: ready, cancelled }
}

/** Stake 1.0, for one kind of resource at a time. Real blocks have had none since 2023. */
export function freezeOnce({ ledger, owner, value }: Deed): Effects {
  const amount = value.frozen_balance as bigint
  const resource = onceOf(value.resource)
  ledger.change(owner, {
    balance: owner.balance - amount,
    stakedOnce: { ...owner.stakedOnce, [resource]: owner.stakedOnce[resource] + amount },
  })
  return {}
}

/** Pays out all of it, at once. */
export function unfreezeOnce({ ledger, owner, value }: Deed): Effects {
  const resource = onceOf(value.resource)
  const unfrozen = owner.stakedOnce[resource]
  if (unfrozen === 0n) {
    throw new ContractRefused('no frozenBalance')
  }
  ledger.change(owner, {
    balance: owner.balance + unfrozen,
    stakedOnce: { ...owner.stakedOnce, [resource]: 0n },
  })
  return { unfrozen }
}

/** What waits still, and how much is ready to be withdrawn. */
function sort({ unfrozen }: PlayAccount, now: number): { waiting: Unfreezing[]; ready: bigint } {
  const waiting = unfrozen.filter(({ availableAt }) => availableAt > now)
  return { waiting, ready: readyAt(unfrozen, now) }
}

/** Sun that can be withdrawn at that time. */
export function readyAt(unfrozen: readonly Unfreezing[], now: number): bigint {
  return unfrozen
    .filter(({ availableAt }) => availableAt <= now)
    .reduce((sum, { amount }) => sum + amount, 0n)
}

function resourceOf(value: unknown): Resource {
  return (value as Resource | undefined) ?? 'BANDWIDTH'
}

function onceOf(value: unknown): 'BANDWIDTH' | 'ENERGY' {
  return value === 'ENERGY' ? 'ENERGY' : 'BANDWIDTH'
}
