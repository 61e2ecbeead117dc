import { HttpRequestError, RpcRequestError } from 'viem'
import { classifyFailure } from '#foundation/rpc/classify_failure'
import { Endpoint } from '#foundation/rpc/endpoint'
import { answerRpc, type RpcCall, type RpcReply } from '#tests/support/chain/answer_rpc'
import type { Fault, FaultyAnswer } from '#tests/support/chain/rpc_server'
import type { TestChain } from '#tests/support/chain/test_chain'

/** An endpoint that serves a test chain without a server: many lives of a chain cost little then. */
export class DirectEndpoint extends Endpoint {
  fault: Fault = () => undefined
  /** Blocks that it has not seen yet. */
  lag: () => number = () => 0
  /** Runs before each answer; what it throws ends the reader as a kill would. */
  before: (call: RpcCall) => void = () => {}

  constructor(
    name: string,
    private readonly chain: TestChain
  ) {
    super(`http://${name}.invalid`)
  }

  override async call(method: string, params: unknown[] = []): Promise<unknown> {
    const call = { method, params }
    this.before(call)
    const truth = () => answerRpc(this.chain, 56, call, this.lag())
    const answer = this.fault(call, truth) ?? { reply: truth() }
    return this.#resultOf(answer)
  }

  /** @throws RpcFailure as it is made of what a client throws there */
  #resultOf(answer: FaultyAnswer): unknown {
    if (typeof answer === 'object' && 'reply' in answer) {
      return this.#unwrap(answer.reply)
    }
    const [status, details, headers] =
      typeof answer === 'object'
        ? [answer.status, answer.body, new Headers(answer.headers)]
        : [undefined, `fetch failed: ${answer}`, undefined]
    const failed = new HttpRequestError({ url: this.url, status, details, headers, body: {} })
    throw classifyFailure(failed, this.name)
  }

  #unwrap(reply: RpcReply): unknown {
    if ('result' in reply) return reply.result
    const failed = new RpcRequestError({ url: this.url, body: {}, error: reply.error })
    throw classifyFailure(failed, this.name)
  }
}
