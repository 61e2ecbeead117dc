import type { AccountChange } from '#billing/watcher/account_changes'

/** One sum that came in. Who sent it, and in which transaction, is null where that is not known. */
export interface Deposit {
  amount: bigint
  sender: string | null
  hash: string | null
}

/** What a change of an account brought in (wei), by what it is made of, and what it lost. */
export interface DepositsIn {
  deposits: Deposit[]
  /** What is gone without a transaction of the account. */
  lost: bigint
}

/**
 * The balance decides what came in; transactions only name it. What they do not explain was paid
 * by a contract on its way, and is a deposit without a name.
 */
export function depositsIn({ from, to, incoming, outgoing }: AccountChange): DepositsIn {
  const received = to.balance - from.balance + sum(outgoing)
  if (received <= 0n) {
    return { deposits: [], lost: -received }
  }
  const named = incoming.map(({ amount, sender, hash }) => ({ amount, sender, hash }))
  const unnamed = received - sum(named)

  if (unnamed < 0n) {
    return { deposits: [{ amount: received, sender: null, hash: null }], lost: 0n }
  }
  const rest = unnamed > 0n ? [{ amount: unnamed, sender: null, hash: null }] : []
  return { deposits: [...named, ...rest], lost: 0n }
}

function sum(amounts: readonly { amount: bigint }[]): bigint {
  return amounts.reduce((total, { amount }) => total + amount, 0n)
}
