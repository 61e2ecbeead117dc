import TronAccount from '#models/tron_account'
import type { CheckVerdict } from '#models/tron_account_check'
import { openGaps } from '#collectors/store/gaps'
import { findCursor } from '#collectors/store/cursor'
import { sumsAfterRecords } from '#collectors/tron/account_records'
import {
  sumsIn,
  type AccountSums,
  type SumsInText,
  type ToldAccount,
} from '#sources/tron/account_sums'

/**
 * Why sums could not be compared.
 *
 * - `first`     there is no earlier check to count from
 * - `behind`    the scanner has not read as far as the account was
 * - `unwatched` the account was not watched all the time
 * - `gap`       blocks between were not read or not proven
 * - `amount`    what a record moved is not known
 * - `contract`  contracts stake by themselves, which no transaction tells
 */
export type CheckReason = 'first' | 'behind' | 'unwatched' | 'gap' | 'amount' | 'contract'

export interface Judged {
  verdict: CheckVerdict
  reason?: CheckReason
  expected?: AccountSums
}

/** What an account had after a block, from which its records are counted. */
export interface CountedFrom {
  toBlock: number
  state: object
}

/** What a node says that an account has, and at which solid height. */
export type TronAccountState = ToldAccount & { height: number }

/** Compares what an account has with what it had before and the records between. */
export async function judgeAccount(
  chainId: number,
  address: string,
  account: TronAccountState,
  before: CountedFrom | null
): Promise<Judged> {
  const unknown = (reason: CheckReason): Judged => ({ verdict: 'unknown', reason })
  if (!before) return unknown('first')
  if (account.isContract) return unknown('contract')
  if ((await readUpTo(chainId)) < account.height) return unknown('behind')

  const between = { from: before.toBlock + 1, to: account.height }
  if (!(await isWatchedFrom(chainId, address, between.from))) return unknown('unwatched')
  const unread = await openGaps(chainId, between)
  if (unread.length > 0) return unknown('gap')

  const had = sumsIn(before.state as SumsInText)
  const { sums: expected } = await sumsAfterRecords({ chainId, address }, between, had)
  if (!expected) return unknown('amount')
  const isSame = Object.keys(differenceOf(account, expected)).length === 0
  return { verdict: isSame ? 'agrees' : 'differs', expected }
}

/** How much more of each sum an account has than expected, in sun as text; sums that agree are left out. */
export function differenceOf(has: AccountSums, expected: AccountSums): Record<string, string> {
  const [ours, theirs] = [flat(has), flat(expected)]
  return Object.fromEntries(
    Object.keys(ours).flatMap((name) => {
      const more = ours[name]! - theirs[name]!
      return more === 0n ? [] : [[name, String(more)]]
    })
  )
}

function flat({ staked, delegated, unfreezing }: AccountSums): Record<string, bigint> {
  const named = (what: string, sums: AccountSums['staked']) =>
    Object.entries(sums).map(([resource, sun]) => [`${what}.${resource}`, sun])
  return Object.fromEntries([
    ...named('staked', staked),
    ...named('delegated', delegated),
    ['unfreezing', unfreezing],
  ])
}

/** The last block that the scanner of a chain has read; -1 before the first. */
export async function readUpTo(chainId: number): Promise<number> {
  const cursor = await findCursor(`chain:${chainId}`)
  return cursor?.blockNumber ?? -1
}

async function isWatchedFrom(chainId: number, address: string, block: number): Promise<boolean> {
  const watch = await TronAccount.query()
    .where({ chainId, address })
    .min('watch_from as from')
    .first()
  const from = watch?.$extras.from ?? null
  return from !== null && Number(from) <= block
}
