import { received, type AccountChange } from '#billing/watcher/believe_changes'

/** One sum that came in. Who sent it, and in which transaction, is null where that is not known. */
export interface Deposit {
  amount: bigint
  sender: string | null
  hash: string | null
}

/** What a change of an account brought in (wei), by what it is made of, and what it lost. */
export interface DepositsIn {
  deposits: Deposit[]
  /** What code took out without a transaction of the account. */
  lost: bigint
}

/**
 * The balance decides what came in; transactions only name it. What they do not explain was paid
 * by a contract on its way, and is a deposit without a name. Where code acts for the account, what a
 * transaction brought may have been passed on in it: there the transactions count, and what is not
 * in the balance was taken out.
 */
export function depositsIn(change: AccountChange): DepositsIn {
  const named = change.incoming.map(({ amount, sender, hash }) => ({ amount, sender, hash }))
  const amount = received(change)
  const unnamed = amount - named.reduce((total, deposit) => total + deposit.amount, 0n)

  if (unnamed < 0n && !change.byCode) {
    return { deposits: amount > 0n ? [{ amount, sender: null, hash: null }] : [], lost: 0n }
  }
  const rest = unnamed > 0n ? [{ amount: unnamed, sender: null, hash: null }] : []
  return { deposits: [...named, ...rest], lost: unnamed < 0n ? -unnamed : 0n }
}
