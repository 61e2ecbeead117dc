import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { EndpointChoice, type ChainIdentity } from '#foundation/rpc/endpoint_choice'
import { EndpointMarks } from '#foundation/rpc/endpoint_marks'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { TronNetwork } from '#sources/tron/networks'
import { readGenesisId } from '#collectors/tron/node_answers'
import type { TronNode } from '#collectors/tron/tron_node'

/** The nodes of a TRON network, and which of them to ask next. */
export class TronNodes extends EndpointChoice<TronNode> {
  constructor(
    nodes: TronNode[],
    readonly network: TronNetwork,
    clock: Clock
  ) {
    const chain = new GenesisCheck(network)
    super(nodes, clock, { marks: new EndpointMarks(clock), chain })
  }

  /** Other nodes than this one that may be believed. */
  othersThan(node: TronNode): TronNode[] {
    return this.unmarked.filter((each) => each !== node)
  }

  /** Runs `read` on some nodes in turn, and answers what the first says that can; null for none. */
  async askFirstOf<T>(nodes: TronNode[], read: (node: TronNode) => Promise<T>): Promise<T | null> {
    for (const node of nodes) {
      try {
        return await this.askOnly(node, read)
      } catch (error) {
        if (!(error instanceof RpcFailure)) throw error
      }
    }
    return null
  }
}

/** A network is named by the id of its block 0. */
class GenesisCheck implements ChainIdentity<TronNode> {
  wasRight = false

  constructor(private readonly network: TronNetwork) {}

  async run(node: TronNode) {
    if (node.isRightChain) {
      return
    }
    const id = await readGenesisId(node)
    if (id !== this.network.genesisId) {
      const said = `${node.name} is a node of another network than ${this.network.name}`
      throw new RpcFailure('foreign', said)
    }
    node.isRightChain = true
    this.wasRight = true
  }

  refusal(said: string) {
    return new OperatorError(`${said}. Nothing was read; set TRON_NETWORK or TRON_URLS right.`)
  }
}
