import type { Resource } from '#demo/tron/contracts'

/** An amount on its way back to its owner, who can withdraw it from then on. */
export interface Unfreezing {
  resource: Resource
  /** Sun. */
  amount: bigint
  /** Epoch milliseconds. */
  availableAt: number
}

/** Stake that works for another account. Of one pair and resource there is a locked and a free part. */
export interface Delegation {
  receiver: string
  resource: Resource
  /** Sun. */
  free: bigint
  locked: bigint
  /** Of all of the locked part, in epoch milliseconds; 0 without one. */
  lockedUntil: number
}

export interface PlayAccount {
  address: string
  /** Sun, as all amounts. */
  balance: bigint
  /** Epoch milliseconds. */
  createdAt: number
  /** Without what is delegated: that has moved to `delegations`. */
  frozen: Record<Resource, bigint>
  unfrozen: readonly Unfreezing[]
  delegations: readonly Delegation[]
  /** What is left of stake 1.0. */
  stakedOnce: Record<'BANDWIDTH' | 'ENERGY', bigint>
  /** Addresses of the keys of permission 2, 3, and so on. */
  operators: readonly string[]
  /** Signs blocks instead of the account's own key. */
  witnessKey?: string
}

/** All accounts at one height. A fork of it can be changed, and leaves it as it is. */
export class Ledger {
  readonly #accounts: Map<string, PlayAccount>

  constructor(accounts: Iterable<PlayAccount> = []) {
    this.#accounts = new Map([...accounts].map((account) => [account.address, account]))
  }

  get accounts(): Iterable<PlayAccount> {
    return this.#accounts.values()
  }

  find(address: string): PlayAccount | undefined {
    return this.#accounts.get(address)
  }

  /** @throws ContractRefused when there is none */
  get(address: string): PlayAccount {
    const account = this.find(address)
    if (!account) {
      throw new ContractRefused(`Account[${address}] not exists`)
    }
    return account
  }

  open(address: string, fields: Partial<PlayAccount>) {
    this.#accounts.set(address, {
      address,
      balance: 0n,
      createdAt: 0,
      frozen: { BANDWIDTH: 0n, ENERGY: 0n, TRON_POWER: 0n },
      unfrozen: [],
      delegations: [],
      stakedOnce: { BANDWIDTH: 0n, ENERGY: 0n },
      operators: [],
      ...fields,
    })
  }

  change(account: PlayAccount, fields: Partial<PlayAccount>) {
    this.#accounts.set(account.address, { ...account, ...fields })
  }

  fork(): Ledger {
    return new Ledger(this.#accounts.values())
  }
}

/** A contract that a node would not put into a block. */
export class ContractRefused extends Error {}
