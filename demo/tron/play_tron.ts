import type { Clock } from '#foundation/clock'
import type { Random } from '#demo/market/random'
import { EnergyMarket } from '#demo/tron/energy_market'
import { LocalTron } from '#demo/tron/local_tron'
import { SLOT_MS } from '#demo/tron/tron_chain'

const DAY_MS = 86_400_000

/** How long ago the network began: what was unfrozen on its first day can be withdrawn. */
const BEGAN_MS = 15 * DAY_MS

/** Blocks of the first day, and those before now: the newest of them are solid when the demo starts. */
const FIRST_BLOCKS = 120
const LATEST_BLOCKS = 80

interface PlayTronOptions {
  clock: Clock
  random: Random
  report: (line: string) => void
}

/** A TRON network with an energy market, which makes a block every three seconds. */
export class PlayTron {
  readonly tron: LocalTron
  readonly market: EnergyMarket
  readonly #clock: Clock
  readonly #closing = new AbortController()
  #mining: Promise<void> = Promise.resolve()

  constructor({ clock, random, report }: PlayTronOptions) {
    this.#clock = clock
    this.tron = new LocalTron({ clock, beganAt: clock.now() - BEGAN_MS })
    this.market = new EnergyMarket(this.tron, random, report)
  }

  /**
   * Plays the past, and the present until it is stopped.
   *
   * @returns where its node listens, over HTTP and over gRPC
   */
  async start(): Promise<{ url: string; grpcUrl: string }> {
    this.playPast()
    const endpoint = this.tron.endpoint()
    const url = await endpoint.listen()
    const { url: grpcUrl } = await this.tron.grpc(endpoint)
    this.#mining = this.#playPresent(this.#closing.signal)
    return { url, grpcUrl }
  }

  /** No more blocks: what happened so far can still be read. */
  async closeMarket() {
    this.#closing.abort()
    await this.#mining
  }

  async stop() {
    await this.closeMarket()
    await this.tron.close()
  }

  /** Makes the blocks up to now. */
  playPast() {
    const { chain } = this.tron
    const play = (blocks: number) => {
      for (let made = 0; made < blocks; made++) {
        this.market.act(chain.head.timestamp + SLOT_MS)
        chain.mine()
      }
    }
    play(FIRST_BLOCKS)
    const latest = this.#clock.now() - LATEST_BLOCKS * SLOT_MS
    chain.mine({ missed: Math.floor((latest - chain.head.timestamp) / SLOT_MS) })
    this.tron.mineUntilNow(this.market.act)
  }

  async #playPresent(signal: AbortSignal) {
    while (!signal.aborted) {
      await this.#clock.sleep(SLOT_MS - (this.#clock.now() % SLOT_MS), signal)
      if (!signal.aborted) this.tron.mineUntilNow(this.market.act)
    }
  }
}
