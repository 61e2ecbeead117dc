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

/** Where a node listens, over HTTP and over gRPC, and of which network it is. */
export interface TronNodePlace {
  url: string
  grpcUrl: string
  genesisId: string
}

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
  #isOpen = false

  constructor({ clock, random, report }: PlayTronOptions) {
    this.#clock = clock
    this.tron = new LocalTron({ clock, beganAt: clock.now() - BEGAN_MS })
    // What the past held is not told line by line.
    this.market = new EnergyMarket(this.tron, random, (line) => this.#isOpen && report(line))
  }

  /** Starts its node, and answers where that listens. */
  async listen(): Promise<TronNodePlace> {
    const endpoint = this.tron.endpoint()
    const url = await endpoint.listen()
    const { url: grpcUrl } = await this.tron.grpc(endpoint)
    return { url, grpcUrl, genesisId: this.tron.chain.block(0)!.id }
  }

  /** Plays the past, and the present until it is closed. */
  openMarket() {
    this.playPast()
    this.#isOpen = true
    this.#mining = this.#playPresent(this.#closing.signal)
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
