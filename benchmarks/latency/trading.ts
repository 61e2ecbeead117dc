import type { LocalChain } from '#demo/chain/local_chain'
import { Market } from '#demo/market/market'
import { Random } from '#demo/market/random'
import type { MarketToken } from '#demo/market/token'

/** One block in so many launches a token; the others trade, with one transaction or two. */
const LAUNCH_EVERY_BLOCKS = 10

/** How long after a block to send, in milliseconds: not while that block is on its way. */
const SEND_AFTER_MS = 225

/** Something happens in every block. */
export class Trading {
  readonly #market: Market
  readonly #random: Random
  readonly #tokens: MarketToken[] = []

  constructor(chain: LocalChain, seed: number) {
    this.#random = new Random(seed)
    this.#market = new Market(chain, this.#random)
  }

  /** Sends what the next block will hold. A transaction that the chain refuses leaves it empty. */
  afterBlock(block: number) {
    setTimeout(() => void this.#send(block).catch(() => {}), SEND_AFTER_MS)
  }

  async #send(block: number) {
    if (this.#tokens.length === 0 || block % LAUNCH_EVERY_BLOCKS === 0) {
      const { token } = await this.#market.createFour()
      this.#tokens.push(token)
      return
    }
    for (let left = this.#random.chance(0.5) ? 2 : 1; left > 0; left--) {
      const token = this.#random.pick(this.#tokens)
      await this.#market.buy(token, token.curve.target / 100_000n)
    }
  }
}
