import type { Clock } from '#foundation/clock'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { arrayOf, integerOf, objectOf } from '#sources/tron/json'
import type { TronNode } from '#collectors/tron/tron_node'
import type { TronNodes } from '#collectors/tron/tron_nodes'

/** How often the parameter is read anew: a vote of the witnesses may change it. In milliseconds. */
const EVERY_MS = 3_600_000

/** How long unfrozen stake waits, which is a parameter of the chain. */
export class UnfreezeDelay {
  #known?: { days: Promise<number>; at: number }

  constructor(
    private readonly nodes: TronNodes,
    private readonly clock: Clock
  ) {}

  /**
   * Days between an unfreeze and its withdrawal, as it is now.
   *
   * @throws RpcFailure when no node tells, or `lagging` when two contradict each other
   */
  days(): Promise<number> {
    const now = this.clock.now()
    if (!this.#known || now - this.#known.at >= EVERY_MS) {
      const known = { days: this.#read(), at: now }
      this.#known = known
      known.days.catch(() => {
        if (this.#known === known) this.#known = undefined
      })
    }
    return this.#known.days
  }

  async #read(): Promise<number> {
    const told = await this.nodes.askEach(delayDays)
    const counts = [...Map.groupBy(told, (days) => days)].toSorted(
      ([, one], [, other]) => other.length - one.length
    )
    const [most, next] = counts
    if (!most) {
      return this.nodes.ask(delayDays)
    }
    if (next && next[1].length === most[1].length) {
      throw new RpcFailure('lagging', `nodes disagree about how long unfrozen stake waits`)
    }
    return most[0]
  }
}

/** Parameter 70 of the chain: 14 on mainnet. One that is 0 is not printed. */
function delayDays(node: TronNode): Promise<number> {
  return node.ask('getchainparameters', {}, (answer) => {
    const { chainParameter } = objectOf(answer, 'the parameters of the chain')
    const parameters = arrayOf(chainParameter, 'parameters').map((each) => objectOf(each, 'one'))
    return integerOf(parameters.find(({ key }) => key === 'getUnfreezeDelayDays')?.value)
  })
}
