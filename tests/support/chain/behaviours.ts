import { answerRpc, type RpcCall } from '#tests/support/chain/answer_rpc'
import { faultyProvider } from '#tests/support/chain/faults'
import {
  altersAny,
  altersHeaders,
  blind,
  fabricates,
  invents,
  leavesOut,
  prunedBelow,
} from '#tests/support/chain/lies'
import type { Fault, FaultyAnswer } from '#tests/support/chain/rpc_server'
import type { TestChain } from '#tests/support/chain/test_chain'
import type { Random } from '#tests/support/random'

/** Makes the fault of an endpoint that behaves in one way from now on; for `RpcServer.fault`. */
export type Behaviour = (chain: TestChain, random: Random) => Fault

const result = (value: unknown): FaultyAnswer => ({ reply: { result: value } })
const rpcError = (code: number, message: string): FaultyAnswer => ({
  reply: { error: { code, message } },
})

const hex = (number: number) => `0x${number.toString(16)}`

const isLogs = ({ method }: RpcCall) => method === 'eth_getLogs'
const isTag = ({ params }: RpcCall) => params[0] === 'latest' || params[0] === 'finalized'

/** Of a block that holds a log of another contract. */
const OTHER_BLOOM = `0x${'0'.repeat(510)}01`

const BLOCKS_A_MINUTE = 133

const GARBAGE = [null, {}, 'x', 7, [null], [{}], '0x', []]

/** Ways in which endpoints of a chain mislead as a whole. */
export const behaviours = {
  /** Its newest block stays the one of now. */
  frozen: (chain) => {
    const head = chain.head.number
    return (call) => ({
      reply: answerRpc(chain, 56, call, Math.max(0, chain.head.number - head)),
    })
  },
  /** It speaks for another chain, with the same blocks. */
  foreign: () => (call) => (call.method === 'eth_chainId' ? result('0x61') : undefined),
  /** One head in three has a number that cannot be. */
  absurd: (_, random) => (call, truth) => {
    if (!isTag(call) || !random.chance(0.3)) return undefined
    const reply = truth()
    const block = 'result' in reply ? reply.result : null
    return result({ ...(block as object), number: random.pick(['0x1e8480', '0xffffffffff', '0x']) })
  },
  /** It calls a block its newest that is a little above the one that it named last. */
  creeping: (chain) => {
    let ahead = 0
    return (call, truth) => {
      const reply = truth()
      if (!isTag(call) || !('result' in reply)) return undefined
      ahead += 60
      return result({ ...(reply.result as object), number: hex(chain.head.number + ahead) })
    }
  },
  /** One answer in three is none. */
  malformed: (_, random) => (call) =>
    call.method !== 'eth_chainId' && random.chance(0.3) ? result(random.pick(GARBAGE)) : undefined,
  /** Log indexes count within each transaction. */
  misnumbered: () => (call, truth) => {
    const reply = truth()
    if (!isLogs(call) || !('result' in reply)) return undefined
    return result((reply.result as object[]).map((log) => ({ ...log, logIndex: '0x0' })))
  },
  /** One call in three is one too many. */
  throttling: (_, random) => () =>
    random.chance(0.3) ? { status: 429, body: 'request rate exceeded' } : undefined,
  /** It no longer has the logs of what is old now, and says so. */
  pruned: (chain) => {
    const kept = chain.head.number - 20
    return (call) => {
      const { fromBlock } = (call.params[0] ?? {}) as { fromBlock?: string }
      const isOld = fromBlock !== undefined && Number(fromBlock) < kept
      return isLogs(call) && isOld ? rpcError(4444, 'pruned history unavailable') : undefined
    }
  },
  /** It no longer has the logs of what is old now, and shows none there. */
  forgetful: (chain) => prunedBelow(chain.head.number - 20, 'silent'),
  /** It knows of no log. */
  blind: () => (call) => (isLogs(call) ? result([]) : undefined),
  /** It knows of no log and serves no receipts. */
  dumb: () => blind,
  /** It leaves logs out of every third answer. */
  partial: (_, random) => leavesOut(random, 0.3),
  /** It makes up logs. */
  inventing: () => invents,
  /** It makes up logs, and receipts of them. */
  fabricating: () => fabricates,
  /** It shows logs with other amounts, and its receipts are false then. */
  forging: (_, random) => altersAny(random, 0.3),
  /** It follows another branch from here on. */
  forked: (chain, random) => {
    const branch = chain.branch(random.between(1, 1_000_000))
    return (call) => {
      branch.mine(Math.max(0, chain.head.number - branch.head.number))
      return { reply: answerRpc(branch, 56, call) }
    }
  },
  /** Its headers name another time and another parent than their blocks have. */
  altering: () => altersHeaders,
  /** Its headers rule logs out that their blocks hold, and it knows of none. */
  veiling: () => (call, truth) => {
    if (isLogs(call)) return result([])
    const reply = truth()
    const isBlock = call.method.startsWith('eth_getBlockBy') && 'result' in reply && reply.result
    return isBlock ? result({ ...(reply.result as object), logsBloom: OTHER_BLOOM }) : undefined
  },
  /** From now on its newest block goes on by one a minute. */
  slow: (chain) => {
    const start = chain.head.number
    return (call) => {
      const passed = chain.head.number - start
      const shown = Math.floor(passed / BLOCKS_A_MINUTE)
      return { reply: answerRpc(chain, 56, call, passed - shown) }
    }
  },
  /** It fails and narrows ranges in providers' own words. */
  failing: (_, random) => faultyProvider(random, random.pick([0.05, 0.25])),
} satisfies Record<string, Behaviour>
