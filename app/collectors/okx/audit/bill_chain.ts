import { Decimal } from '#foundation/text/decimal'

/** What the sum needs of a bill. */
export interface ChainBill {
  billId: string
  bal: string
  balChg: string
  /** Epoch milliseconds. */
  ts: number
}

/** Between these two bills of a currency something is missing. */
export interface Hole {
  after: ChainBill
  before: ChainBill
  /** By how much the balance changed unseen, as decimal text. */
  missing: string
}

/**
 * Where the bills of one currency do not form a sum: the balance after each is that after the one
 * before plus its own change. That holds for every kind of bill, also for deposits, transfers and
 * funding. Of one moment bills may stand in another order than they were made in.
 *
 * @param bills in the order of their numbers
 */
export function findHoles(bills: readonly ChainBill[]): Hole[] {
  const holes: Hole[] = []
  const rest = [...bills]
  for (let at = 1; at < rest.length; at++) {
    const before = rest[at - 1]!
    const follower = followerAt(rest, at, before)
    if (follower === null) {
      const bill = rest[at]!
      const missing = balanceBefore(bill).minus(Decimal.parse(before.bal)).toString()
      holes.push({ after: before, before: bill, missing })
    } else if (follower !== at) {
      rest.splice(at, 0, ...rest.splice(follower, 1))
    }
  }
  return holes
}

/** The place of the bill that follows, among those of the same moment; null when there is none. */
function followerAt(bills: readonly ChainBill[], at: number, before: ChainBill): number | null {
  const balance = Decimal.parse(before.bal)
  const { ts } = bills[at]!
  for (let place = at; bills[place]?.ts === ts; place++) {
    if (balanceBefore(bills[place]!).compare(balance) === 0) return place
  }
  return null
}

function balanceBefore({ bal, balChg }: ChainBill): Decimal {
  return Decimal.parse(bal).minus(Decimal.parse(balChg))
}
