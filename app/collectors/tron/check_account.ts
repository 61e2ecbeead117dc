import { isDeepStrictEqual } from 'node:util'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { writeTransaction } from '#foundation/db/transaction'
import TronAccountCheck, { type CheckVerdict } from '#models/tron_account_check'
import TronAccount from '#models/tron_account'
import { findCursor } from '#collectors/store/cursor'
import { openGaps, recordGaps } from '#collectors/store/gaps'
import { sumsAfterRecords } from '#collectors/tron/account_records'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { readSolidNumber } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'
import { readAccountSums, type AccountSums } from '#sources/tron/account_sums'

/** Tries to read an account between two looks at one height: blocks come every 3 s. */
const TRIES = 5

/** How long the scanner may take to reach the height of the account, in polls of 3 s. */
const POLLS = 10
const POLL_MS = 3_000

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
type CheckReason = 'first' | 'behind' | 'unwatched' | 'gap' | 'amount' | 'contract'

type Judged = { verdict: CheckVerdict; reason?: CheckReason; expected?: AccountSums }

type Account = AccountSums & { isContract: boolean; height: number }

/**
 * Compares what an account has at the newest solid block with what it had at the last check and the
 * records between, and stores the verdict. Where they differ, the blocks between become gaps: they are
 * read and proven anew.
 *
 * @param address in base58
 * @throws RpcFailure when no node tells what the account has
 */
export async function checkAccount(
  options: FollowTronOptions,
  address: string
): Promise<TronAccountCheck> {
  const { chainId } = options.nodes.network
  const account = await options.nodes.ask((node) => readAccount(node, address))
  const { height: to } = account
  await untilRead(options, to)

  const last = await TronAccountCheck.query()
    .where({ chainId, address })
    .orderBy('id', 'desc')
    .first()
  const from = last ? last.toBlock + 1 : to
  const judged = await judge(chainId, address, account, last)
  const { verdict, reason = null, expected = null } = judged
  const check = {
    chainId,
    address,
    fromBlock: from,
    toBlock: to,
    verdict,
    reason,
    state: inText(account),
    expected: expected && inText(expected),
    createdAt: options.clock.now(),
  }
  return writeTransaction(async (client) => {
    if (verdict === 'differs') {
      const detail = `the stake of ${address} is not what its records say`
      const doubted = [{ from, to, reason: 'unproven' as const, detail }]
      await recordGaps(client, chainId, doubted, options.clock.now())
    }
    return TronAccountCheck.create(check, { client })
  })
}

/** An account has no height: it is read between two looks at the same one. */
async function readAccount(node: TronNode, address: string): Promise<Account> {
  for (let tries = 0; tries < TRIES; tries++) {
    const height = await readSolidNumber(node)
    const question = { address, visible: true }
    const account = await node.ask('getaccount', question, readAccountSums, 'walletsolidity')
    if ((await readSolidNumber(node)) === height) return { ...account, height }
  }
  throw new RpcFailure('lagging', `${node.name} told an account at no single height`)
}

async function untilRead({ clock, nodes }: FollowTronOptions, height: number) {
  for (let poll = 0; poll < POLLS; poll++) {
    if ((await readUpTo(nodes.network.chainId)) >= height) return
    await clock.sleep(POLL_MS)
  }
}

async function readUpTo(chainId: number): Promise<number> {
  const cursor = await findCursor(`chain:${chainId}`)
  return cursor?.blockNumber ?? -1
}

async function judge(
  chainId: number,
  address: string,
  account: Account,
  last: TronAccountCheck | null
): Promise<Judged> {
  const unknown = (reason: CheckReason): Judged => ({ verdict: 'unknown', reason })
  if (!last) return unknown('first')
  if (account.isContract) return unknown('contract')
  if ((await readUpTo(chainId)) < account.height) return unknown('behind')

  const between = { from: last.toBlock + 1, to: account.height }
  const watch = await TronAccount.query()
    .where({ chainId, address })
    .min('watch_from as from')
    .first()
  const watchedFrom = watch?.$extras.from
  if (watchedFrom === null || watchedFrom === undefined || Number(watchedFrom) > between.from) {
    return unknown('unwatched')
  }
  const unread = await openGaps(chainId, between)
  if (unread.length > 0) return unknown('gap')

  const of = { chainId, address }
  const { sums: expected } = await sumsAfterRecords(of, between, sumsIn(last.state))
  if (!expected) return unknown('amount')
  const isSame = isDeepStrictEqual(inText(expected), inText(account))
  return { verdict: isSame ? 'agrees' : 'differs', expected }
}

/** Sums as they are stored: sun as decimal text. */
function inText({ staked, delegated, unfreezing }: AccountSums): object {
  const sums = { staked, delegated, unfreezing }
  return JSON.parse(
    JSON.stringify(sums, (_, each) => (typeof each === 'bigint' ? String(each) : each))
  )
}

function sumsIn(stored: object): AccountSums {
  return JSON.parse(JSON.stringify(stored), (_, each) =>
    typeof each === 'string' ? BigInt(each) : each
  )
}
