import { isDeepStrictEqual } from 'node:util'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { writeTransaction } from '#foundation/db/transaction'
import TronAccountCheck from '#models/tron_account_check'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import {
  differenceOf,
  judgeAccount,
  readUpTo,
  type CountedFrom,
  type TronAccountState,
} from '#collectors/tron/judge_account'
import { readSolidNumber } from '#collectors/tron/node_answers'
import { tellDifference } from '#collectors/tron/tell_difference'
import type { TronNode } from '#collectors/tron/tron_node'
import { inText, readAccountSums } from '#sources/tron/account_sums'

/** Tries to read an account between two looks at one height: blocks come every 3 s. */
const TRIES = 5

/** How long the scanner may take to reach the height of the account, in polls of 3 s. */
const POLLS = 10
const POLL_MS = 3_000

type Told = TronAccountState & { node: TronNode }

interface Checking {
  /** What the account had after which block; not given: at its last check that holds. */
  before?: CountedFrom
  signal?: AbortSignal
}

/**
 * Compares what an account has at the newest solid block with what it had before and the records
 * between, and stores the verdict. Where they differ in a way that was not found before, the operator
 * is told, and the blocks between become gaps: they are read and proven anew.
 *
 * @param address in base58
 * @throws RpcFailure when no node tells what the account has
 */
export async function checkAccount(
  options: FollowTronOptions,
  address: string,
  { before, signal }: Checking = {}
): Promise<TronAccountCheck> {
  const { clock, nodes } = options
  const { chainId } = nodes.network
  const first = await nodes.ask((node) => readAccount(node, address))
  await untilRead(options, first.height, signal)

  const counted = before ?? (await lastThatHolds(chainId, address))
  const { account, judged } = await judgeByTwo(options, address, { first, counted, signal })
  const { verdict, reason = null, expected } = judged
  const check = {
    chainId,
    address,
    fromBlock: counted ? counted.toBlock + 1 : account.height,
    toBlock: account.height,
    verdict,
    reason,
    state: inText(account),
    expected: expected ? inText(expected) : null,
    difference: expected && verdict === 'differs' ? differenceOf(account, expected) : null,
    createdAt: clock.now(),
  }
  const isNews = verdict === 'differs' && !(await wasFound(check))
  return writeTransaction(async (client) => {
    if (isNews) await tellDifference(client, check)
    return TronAccountCheck.create(check, { client })
  })
}

/** An account has no height: it is read between two looks at the same one. */
async function readAccount(node: TronNode, address: string): Promise<Told> {
  for (let tries = 0; tries < TRIES; tries++) {
    const height = await readSolidNumber(node)
    const question = { address, visible: true }
    const account = await node.ask('getaccount', question, readAccountSums, 'walletsolidity')
    if ((await readSolidNumber(node)) === height) return { ...account, height, node }
  }
  throw new RpcFailure('lagging', `${node.name} told an account at no single height`)
}

async function untilRead(
  { clock, nodes }: FollowTronOptions,
  height: number,
  signal?: AbortSignal
) {
  for (let poll = 0; poll < POLLS && !signal?.aborted; poll++) {
    if ((await readUpTo(nodes.network.chainId)) >= height) return
    await clock.sleep(POLL_MS, signal)
  }
}

/** What an account has is under no root: before its records are doubted, another node is asked. */
async function judgeByTwo(
  options: FollowTronOptions,
  address: string,
  { first, counted, signal }: { first: Told; counted: CountedFrom | null; signal?: AbortSignal }
) {
  const { nodes } = options
  const { chainId } = nodes.network
  const told = { account: first, judged: await judgeAccount(chainId, address, first, counted) }
  if (told.judged.verdict !== 'differs') return told

  const others = nodes.othersThan(first.node)
  const second = await nodes.askFirstOf(others, (node) => readAccount(node, address))
  if (!second) return told

  await untilRead(options, second.height, signal)
  const other = await judgeAccount(chainId, address, second, counted)
  if (other.verdict !== 'agrees') return told

  nodes.mark(first.node, 'wrong_amounts', `told of ${address} what its records deny`)
  return { account: second, judged: other }
}

/**
 * The last check that records can be counted from: where it found a difference, or blocks were not
 * read, those after it are counted together with its own.
 */
function lastThatHolds(chainId: number, address: string): Promise<TronAccountCheck | null> {
  return TronAccountCheck.query()
    .where({ chainId, address })
    .where((holds) =>
      holds.where('verdict', 'agrees').orWhereIn('reason', ['first', 'unwatched', 'amount'])
    )
    .orderBy('id', 'desc')
    .first()
}

/** Whether an earlier check of these blocks found the same: then they were read again already. */
async function wasFound(check: {
  chainId: number
  address: string
  fromBlock: number
  difference: object | null
}): Promise<boolean> {
  const { chainId, address, fromBlock, difference } = check
  const earlier = await TronAccountCheck.query()
    .where({ chainId, address, verdict: 'differs' })
    .where('toBlock', '>=', fromBlock)
    .orderBy('id', 'desc')
    .first()
  return earlier !== null && isDeepStrictEqual(earlier.difference, difference)
}
