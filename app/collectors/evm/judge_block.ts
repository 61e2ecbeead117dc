import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { settleFork } from '#foundation/rpc/fork_vote'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { bloomVerdict } from '#collectors/evm/bloom'
import { type LogFilter, readLogsOfBlock } from '#collectors/evm/get_logs'
import { readReceipts, type ReceiptLogs } from '#collectors/evm/read_receipts'
import type { KnownBlock } from '#collectors/store/known_blocks'
import { isSame } from '#collectors/evm/shown_logs'
import { logKey } from '#collectors/store/stored_logs'
import type { ChainLog } from '#sources/facts'

/**
 * What is known of a stored log that an endpoint did not show: it is `gone` only on evidence, `there`
 * once one endpoint shows it, else `unproven`, and stays.
 */
export type Verdict = 'gone' | 'there' | 'unproven'

/** How many endpoints have to say that a fact is gone. */
const WITNESSES = 2

/** How far above a block one is looked for whose parents lead to its place, in blocks: a call each. */
export const LONGEST_LINK = 256

/** Remembered blocks that an endpoint is asked for until it has one, at most: one of another fork has none. */
const MOST_ANCHORS = 8

/** What is known of a stored block. */
export interface Judgement {
  /** Of the log with this key. */
  on: (key: string) => Verdict
  /** The logs that it holds, where that is proven: by its receipts, or by two endpoints that agree. */
  logs: ChainLog[] | null
  /** Two endpoints name the same transactions: their hashes are not in the root that receipts make. */
  areHashesProven: boolean
}

/** What an endpoint says of a stored block. */
type Statement =
  /** It is canonical and holds these logs. */
  | Holding
  /** Another one has its number. */
  | 'another'
  /** The parents of a block that is remembered lead to another one. */
  | 'linked'

interface Holding {
  keys: Set<string>
  logs: ChainLog[]
  /** Receipts that make the root in the block's header say so. */
  isRooted: boolean
}

/**
 * Asks every endpoint about a stored block, and answers what is known of its logs. A log is
 * gone when another block of that number is the ancestor of one that this installation has read itself,
 * when two endpoints and most of all say that another one is canonical, when receipts that make the root in the block's
 * header are without it, or two endpoints show the block with other logs.
 * No answer, a failure and an empty answer prove nothing, nor does the word of one endpoint.
 *
 * @param remembered blocks that were read, of a number and above it, the lowest first
 */
export async function judgeBlock(
  endpoints: EndpointPool,
  filter: LogFilter,
  block: KnownBlock,
  remembered: (number: number) => Promise<KnownBlock[]>
): Promise<Judgement> {
  const statements = await endpoints.askEach(
    async (endpoint): Promise<Statement> =>
      (await whatItHolds(endpoints, endpoint, filter, block)) ??
      ((await isLinked(endpoint, block, await remembered(block.number))) ? 'linked' : 'another')
  )
  const whole = statements.filter((statement) => typeof statement !== 'string')
  const rooted = whole.find(({ isRooted }) => isRooted)
  const denials = statements.length - whole.length
  const isOutvoted = denials >= WITNESSES && denials > whole.length
  const isReplaced = isOutvoted || (statements.includes('linked') && whole.length === 0)
  if (denials > 0 && whole.length > 0) {
    await settleFork(endpoints, block.number)
  }

  const areWitnesses = whole.length >= WITNESSES && denials === 0
  const agreed = areWitnesses && whole.every(({ logs }) => isSame(logs, whole[0]!.logs))
  const proven = rooted ?? (agreed ? whole[0]! : null)
  return {
    on(key) {
      if (isReplaced || (rooted && !rooted.keys.has(key))) {
        return 'gone'
      }
      if (whole.some(({ keys }) => keys.has(key))) {
        return 'there'
      }
      return areWitnesses ? 'gone' : 'unproven'
    },
    logs: isReplaced || !proven ? null : proven.logs,
    areHashesProven: agreed,
  }
}

/**
 * The keys of the block's logs; null when another one is canonical there.
 *
 * @throws RpcFailure when the endpoint has not got there, contradicts itself, or shows too little
 */
async function whatItHolds(
  endpoints: EndpointPool,
  endpoint: Endpoint,
  filter: LogFilter,
  block: KnownBlock
): Promise<Holding | null> {
  await endpoints.heads.mustHaveReached(endpoint, block.number + 1)
  const byNumber = await readHeader(endpoint, block.number)
  const child = await readHeader(endpoint, block.number + 1)
  const header = await readHeader(endpoint, child.parentHash)
  if (header.number !== block.number || header.hash !== byNumber.hash) {
    throw new RpcFailure('lagging', `${endpoint.name} contradicts itself at block ${block.number}`)
  }
  if (header.hash !== block.hash) {
    return null
  }

  const { logs, isRooted } = await readWhole(endpoint, header, filter)
  const isPoor = logs.length === 0 && !isRooted
  if (isPoor && bloomVerdict(header.logsBloom, filter, filter) !== 'none') {
    throw new RpcFailure('lagging', `${endpoint.name} shows no logs of block ${block.number}`)
  }
  const keys = new Set(logs.map(({ blockHash, logIndex }) => logKey(blockHash, logIndex)))
  return { keys, logs, isRooted }
}

/** Receipts say more than the index of logs; not every endpoint serves them. */
async function readWhole(
  endpoint: Endpoint,
  header: BlockHeader,
  filter: LogFilter
): Promise<ReceiptLogs> {
  try {
    return await readReceipts(endpoint, header, filter)
  } catch (error) {
    if (error instanceof RpcFailure) {
      return { logs: await readLogsOfBlock(endpoint, header, filter), isRooted: false }
    }
    throw error
  }
}

/**
 * Whether the endpoint's chain has a remembered block above this one, and its parents, read by hash,
 * lead past this one. An endpoint on another fork does not have such a block.
 */
async function isLinked(
  endpoint: Endpoint,
  block: KnownBlock,
  remembered: KnownBlock[]
): Promise<boolean> {
  try {
    const shown = await readHeader(endpoint, block.number)
    const anchors = remembered.filter(({ hash }) => hash !== block.hash)
    for (const anchor of anchors.slice(0, MOST_ANCHORS)) {
      const header = await readHeader(endpoint, anchor.number)
      if (header.hash === anchor.hash) {
        const ancestor = await ancestorOf(endpoint, header, block.number)
        return ancestor === shown.hash
      }
    }
  } catch (error) {
    if (!(error instanceof RpcFailure)) {
      throw error
    }
  }
  return false
}

/** @throws RpcFailure when a parent is not the block before its child */
async function ancestorOf(endpoint: Endpoint, header: BlockHeader, number: number) {
  let block = header
  while (block.number > number) {
    const parent = await readHeader(endpoint, block.parentHash)
    if (parent.number !== block.number - 1) {
      throw new RpcFailure('malformed', `${endpoint.name} answered another block as a parent`)
    }
    block = parent
  }
  return block.hash
}
