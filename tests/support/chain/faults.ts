import type { RpcCall } from '#tests/support/chain/answer_rpc'
import type { Fault, FaultyAnswer } from '#tests/support/chain/rpc_server'
import type { Random } from '#tests/support/random'

const rpcError = (code: number, message: string): FaultyAnswer => ({
  reply: { error: { code, message } },
})

/** Providers' own words (real, 2026). */
const WORDS: FaultyAnswer[] = [
  rpcError(-32000, 'header not found'),
  rpcError(-32000, 'unknown block'),
  rpcError(-32603, 'internal error'),
  { status: 429, body: 'Too Many Requests', headers: { 'retry-after': '0' } },
  { status: 403, body: '<html><body>Access denied | Cloudflare</body></html>' },
  { status: 503, body: '<html>upstream connect error</html>' },
  { status: 200, body: 'not json at all', headers: { 'content-type': 'application/json' } },
  { reply: { result: null } },
  { reply: { result: {} } },
  'reset',
  'truncate',
]

const RANGE_WORDS = [
  (limit: number) => rpcError(-32000, `exceed maximum block range: ${limit}`),
  (limit: number) => rpcError(35, `ranges over ${limit} blocks are not supported on free plan`),
  (limit: number) => rpcError(-32602, `eth_getLogs is limited to a ${limit} block range`),
  () => rpcError(-32005, 'query returned more than 10000 results'),
  () => rpcError(-32003, 'response too large'),
]

/** A provider that fails in all the ways that providers do, with this probability per call. */
export function faultyProvider(random: Random, probability: number): Fault {
  const limit = random.pick([5, 10, 50, 1000])
  const refuseRange = random.pick(RANGE_WORDS)

  return (call) => {
    if (call.method === 'eth_getLogs' && spanOf(call) > limit) {
      return refuseRange(limit)
    }
    if (!random.chance(probability)) {
      return undefined
    }
    const isByHash = spanOf(call) === 0 && call.method === 'eth_getLogs'
    return isByHash && random.chance(0.3) ? { reply: { result: [] } } : random.pick(WORDS)
  }
}

/** Blocks that a getLogs call spans; 0 for one by hash. */
function spanOf({ params }: RpcCall): number {
  const { fromBlock, toBlock } = (params[0] ?? {}) as Record<string, string>
  return fromBlock ? Number(toBlock) - Number(fromBlock) + 1 : 0
}
