import type { RpcReply } from '#tests/support/chain/answer_rpc'
import type { Fault } from '#tests/support/chain/rpc_server'
import type { Random } from '#tests/support/random'

/** What an endpoint says wrongly, steadily, while all else that it answers is true. */

interface Entry {
  blockNumber: string
  data: string
}

/** It has no log of any block, and answers as if there were none. */
export const blind: Fault = ({ method }) => {
  if (method === 'eth_getLogs') return { reply: { result: [] } }
  return method === 'eth_getBlockReceipts' ? NO_METHOD : undefined
}

/** It does not serve receipts. */
export const withoutReceipts: Fault = ({ method }) =>
  method === 'eth_getBlockReceipts' ? NO_METHOD : undefined

/** It has the logs of no block below this one: it says so, or shows fewer logs without a word. */
export function prunedBelow(block: number, how: 'error' | 'silent'): Fault {
  return ({ method, params }, truth) => {
    const { fromBlock } = (params[0] ?? {}) as { fromBlock?: string }
    const reply = truth()
    if (method === 'eth_getBlockReceipts') return NO_METHOD
    if (method !== 'eth_getLogs' || !('result' in reply)) return undefined

    const logs = reply.result as Entry[]
    const kept = logs.filter(({ blockNumber }) => Number(blockNumber) >= block)
    const isOld = Number(fromBlock ?? logs[0]?.blockNumber ?? block) < block
    if (isOld && how === 'error') return PRUNED
    return kept.length < logs.length ? { reply: { result: kept } } : undefined
  }
}

/** It leaves the last log out of an answer, with this probability. */
export function leavesOut(random: Random, probability: number): Fault {
  return changesLogs((logs) => (random.chance(probability) ? logs.slice(0, -1) : logs))
}

/** It shows the first log of an answer a second time, under an index that the block does not have. */
export const invents: Fault = changesLogs((logs) =>
  logs.slice(0, 1).flatMap((log) => [...logs, { ...log, logIndex: '0x63' }])
)

/** The same, and the receipts of the block hold it, too. */
export const fabricates: Fault = (call, truth) => {
  if (call.method !== 'eth_getBlockReceipts') return invents(call, truth)
  const reply = truth()
  const receipts = 'result' in reply ? (reply.result as { logs: Entry[] }[] | null) : null
  if (!receipts?.length) return undefined
  const [first, ...others] = receipts
  const made = { ...first!.logs[0]!, logIndex: '0x63' }
  const last = { ...(others.at(-1) ?? first!) }
  last.logs = [...last.logs, made]
  return { reply: { result: [...receipts.slice(0, -1), last] } }
}

/** It shows the logs of these blocks with another content, and serves no receipts. */
export function altersLogs(blocks: readonly number[], change: (data: string) => string): Fault {
  const alter = (log: Entry): Entry =>
    blocks.includes(Number(log.blockNumber)) ? { ...log, data: change(log.data) } : log
  return allOf(
    withoutReceipts,
    changesLogs((logs) => logs.map(alter))
  )
}

/** It shows the last log of an answer with another amount, with this probability; so do its receipts. */
export function altersAny(random: Random, probability: number): Fault {
  const alter = (log: Entry): Entry => ({ ...log, data: `${log.data.slice(0, -4)}abcd` })
  const alterLast = (logs: Entry[]) =>
    logs.map((log, at) => (at < logs.length - 1 ? log : alter(log)))
  return ({ method }, truth) => {
    const reply = truth()
    const isLie = 'result' in reply && Array.isArray(reply.result) && random.chance(probability)
    if (!isLie) return undefined
    const entries = reply.result as (Entry & { logs: Entry[] })[]
    return method === 'eth_getLogs'
      ? { reply: { result: alterLast(entries) } }
      : { reply: { result: entries.map((each) => ({ ...each, logs: alterLast(each.logs) })) } }
  }
}

/** Its headers name a time a year later, and a parent that there is not. */
export const altersHeaders: Fault = ({ method }, truth) => {
  if (!method.startsWith('eth_getBlockBy')) return undefined
  const reply = truth()
  const block = 'result' in reply ? (reply.result as { timestamp: string } | null) : null
  if (!block) return undefined
  const timestamp = `0x${(Number(block.timestamp) + 31_536_000).toString(16)}`
  return { reply: { result: { ...block, timestamp, parentHash: `0x${'ab'.repeat(32)}` } } }
}

/** Several lies of one endpoint: the first that has something to say does. */
export function allOf(...faults: Fault[]): Fault {
  return (call, truth) => {
    for (const fault of faults) {
      const answer = fault(call, truth)
      if (answer) return answer
    }
    return undefined
  }
}

/** `eth_getLogs` tells something else; receipts tell the truth. */
function changesLogs(change: (logs: Entry[]) => object[]): Fault {
  return ({ method }, truth) => {
    if (method !== 'eth_getLogs') return undefined
    const reply = truth()
    return 'result' in reply ? { reply: { result: change(reply.result as Entry[]) } } : undefined
  }
}

const errorReply = (code: number, message: string): { reply: RpcReply } => ({
  reply: { error: { code, message } },
})

const PRUNED = errorReply(4444, 'pruned history unavailable')
const NO_METHOD = errorReply(-32601, 'the method does not exist')
