import TronAccount from '#models/tron_account'
import type TronAccountCheck from '#models/tron_account_check'
import { forgetRange, rangeOf, rememberRange } from '#collectors/store/cursor'
import { backfillTron, type BackfilledPart } from '#collectors/tron/backfill_tron'
import { checkAccount } from '#collectors/tron/check_account'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { inText, noSums } from '#sources/tron/account_sums'

/** Blocks whose stake of an account is read, or was. */
interface History {
  /** The first block of it, also where an earlier run has read that. */
  first: number
  from: number
  to: number
}

/** What is left of the history of an account after runs that were cut short. */
export async function restOfHistory(
  { nodes }: FollowTronOptions,
  address: string,
  { from, to }: { from: number; to: number }
): Promise<History> {
  const read = await rangeOf(nameOf(nodes.network, address))
  return { first: from, from: read && read.from <= from ? read.to + 1 : from, to }
}

/**
 * Reads blocks for one account alone, and remembers how far.
 *
 * @throws RpcFailure when reading may work later; what was stored before stands
 */
export async function* backfillAccount(
  options: FollowTronOptions,
  address: string,
  { first, from, to }: History
): AsyncGenerator<BackfilledPart> {
  const { clock, nodes } = options
  const name = nameOf(nodes.network, address)
  if (from === first) await forgetRange(name)
  const ofAccount = { ...options, watched: async () => new Set([address]) }
  for await (const part of backfillTron(ofAccount, { from, to })) {
    const read = { from: first, to: part.to }
    await rememberRange(name, nodes.network.chainId, read, clock.now())
    yield part
  }
}

/**
 * Ends the backfill of an account: its watch begins where its history does, and what it has is compared
 * with its records.
 *
 * @param isWhole whether it had no stake before
 * @throws RpcFailure when no node tells what the account has
 */
export async function endAccountBackfill(
  options: FollowTronOptions,
  address: string,
  { first, to }: History,
  isWhole: boolean,
  signal?: AbortSignal
): Promise<TronAccountCheck> {
  const { chainId } = options.nodes.network
  await TronAccount.query()
    .where({ chainId, address })
    .where('watchFrom', '>', first)
    .where('watchFrom', '<=', to + 1)
    .update({ watchFrom: first })

  const before = isWhole ? { toBlock: first - 1, state: inText(noSums()) } : undefined
  return checkAccount(options, address, { before, signal })
}

function nameOf({ chainId }: { chainId: number }, address: string): string {
  return `backfill:${chainId}:${address}`
}
