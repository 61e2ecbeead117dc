import type { Clock } from '#foundation/clock'
import { viewOf } from '#demo/tron/chain_view'
import type { TronFault } from '#demo/tron/faults/fault'
import { GrpcServer } from '#demo/tron/grpc_server'
import { PlayKey } from '#demo/tron/keys'
import { TRX } from '#demo/tron/stake_rules'
import { SLOT_MS, TronChain } from '#demo/tron/tron_chain'
import { TronEndpoint } from '#demo/tron/tron_endpoint'
import { TronWallet } from '#demo/tron/wallet'
import { WITNESSES } from '#demo/tron/witnesses'

interface LocalTronOptions {
  clock: Clock
  /** Names the network: another seed is another chain. */
  seed?: string
  /** When its second block was made, in epoch milliseconds. Not given: an hour ago. */
  beganAt?: number
}

interface WalletOptions {
  /** Sun. Not given: ten million TRX. */
  balance?: bigint
  /** How many keys but the owner's may sign, as permissions 2, 3, and so on. */
  operators?: number
  /** Sun that is left from stake 1.0, for energy. */
  stakedOnce?: bigint
}

const HOUR_MS = 3_600_000

/** An hour of them. */
const MOST_SLOTS_AT_ONCE = 1200

/** A TRON network on this machine, for the demo and for tests: its chain, accounts and nodes. */
export class LocalTron {
  readonly chain: TronChain
  readonly #clock: Clock
  readonly #seed: string
  readonly #endpoints: TronEndpoint[] = []
  readonly #grpcServers: GrpcServer[] = []
  #wallets = 0

  constructor({ clock, seed = 'local', beganAt = clock.now() - HOUR_MS }: LocalTronOptions) {
    this.#clock = clock
    this.#seed = seed
    this.chain = new TronChain({ seed, beganAt })
  }

  /** An account that has been there from the beginning. */
  wallet({ balance = 10_000_000n * TRX, operators = 0, stakedOnce = 0n }: WalletOptions = {}) {
    const label = `${this.#seed}, wallet ${this.#wallets++}`
    const key = PlayKey.named(label)
    const keys = Array.from({ length: operators }, (_, n) =>
      PlayKey.named(`${label}, operator ${n}`)
    )
    this.chain.open(key.address, {
      balance,
      operators: keys.map(({ address }) => address),
      stakedOnce: { BANDWIDTH: 0n, ENERGY: stakedOnce },
    })
    return new TronWallet(this.chain, key, keys)
  }

  /** Makes so many blocks, one in each slot. */
  mine(blocks = 1) {
    for (let made = 0; made < blocks; made++) this.chain.mine()
  }

  /**
   * Makes the blocks of the slots up to now. Of a clock that was set far forward the last slots
   * alone: the others count as missed.
   *
   * @param act is called before each block, with its time
   */
  mineUntilNow(act: (time: number) => void = () => {}) {
    for (;;) {
      const slots = Math.floor((this.#clock.now() - this.chain.head.timestamp) / SLOT_MS)
      if (slots < 1) return
      const missed = slots > MOST_SLOTS_AT_ONCE ? slots - WITNESSES : 0
      act(this.chain.head.timestamp + (missed + 1) * SLOT_MS)
      this.chain.mine({ missed })
    }
  }

  /** A node's HTTP interface. */
  endpoint({ faults = [] }: { faults?: TronFault[] } = {}): TronEndpoint {
    const endpoint = new TronEndpoint(viewOf(this.chain), this.#clock, faults)
    this.#endpoints.push(endpoint)
    return endpoint
  }

  /** A node's gRPC interface. It tells the chain as the endpoint does, or as it is. */
  async grpc(endpoint?: TronEndpoint, port?: number): Promise<GrpcServer> {
    const honest = viewOf(this.chain)
    const server = await GrpcServer.start(() => endpoint?.view ?? honest, port)
    this.#grpcServers.push(server)
    return server
  }

  async close() {
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.close()))
    await Promise.all(this.#grpcServers.map((server) => server.stop()))
  }
}
