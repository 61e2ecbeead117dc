import {
  createTestClient,
  encodeFunctionData,
  http,
  multicall3Abi,
  publicActions,
  walletActions,
  type Address,
  type Hex,
} from 'viem'
import { bsc } from 'viem/chains'
import { EMITTER_CODE, multicall3Code, TOKEN_HELPER_CODE } from '#demo/chain/contracts'
import { PRICE_PAIR, PRICE_PAIR_CODE, PRICE_PAIR_RESERVES } from '#demo/chain/price_pair'
import { EMITTERS, MULTICALL3, TOKEN_MANAGER_HELPER } from '#demo/market/addresses'

export interface ContractCall {
  to: Address
  data: Hex
}

/** Enough for the largest transaction of the market; it costs nothing here. */
const GAS_PER_TRANSACTION = 3_000_000n

/** How long a call may take, in milliseconds: the chain is on this machine, so nothing gets lost on the way. */
const TIMEOUT_MS = 120_000

/** A client for a local chain. Heights are never answered from a cache. */
export function connect(url: string) {
  return createTestClient({
    chain: bsc,
    mode: 'anvil',
    // A transaction whose answer got lost must not be sent a second time. On a busy machine the chain
    // may take long for many blocks.
    transport: http(url, { retryCount: 0, timeout: TIMEOUT_MS }),
    cacheTime: 0,
    pollingInterval: 100,
  })
    .extend(publicActions)
    .extend(walletActions)
}

/** A chain that is our own: contracts are placed by hand, and one transaction may call many. */
export class LocalChain {
  readonly client: ReturnType<typeof connect>
  #sender?: Promise<Address>
  #lastSent: Promise<unknown> = Promise.resolve()

  constructor(url: string) {
    this.client = connect(url)
  }

  /** Puts the contracts that the market speaks through at their real addresses. */
  async placeContracts() {
    await Promise.all(EMITTERS.map((address) => this.placeEmitter(address)))
    await this.client.setCode({ address: TOKEN_MANAGER_HELPER, bytecode: TOKEN_HELPER_CODE })
    await this.#placePricePair()
    await this.client.setCode({ address: MULTICALL3, bytecode: await multicall3Code(this.client) })
  }

  async #placePricePair() {
    await this.client.setCode({ address: PRICE_PAIR, bytecode: PRICE_PAIR_CODE })
    for (const [index, value] of PRICE_PAIR_RESERVES) {
      await this.client.setStorageAt({ address: PRICE_PAIR, index, value })
    }
  }

  placeEmitter(address: Address) {
    return this.client.setCode({ address, bytecode: EMITTER_CODE })
  }

  /**
   * Sends the calls as one transaction, in order, and answers its hash before it is mined. One
   * account sends everything, so transactions go out one after the other: two at once would be
   * given the same nonce.
   */
  send(calls: ContractCall[]): Promise<Hex> {
    const sent = this.#lastSent.then(() => this.#submit(calls))
    this.#lastSent = sent.catch(() => {})
    return sent
  }

  async #submit(calls: ContractCall[]): Promise<Hex> {
    this.#sender ??= this.client.getAddresses().then(([first]) => first!)

    return this.client.sendTransaction({
      account: await this.#sender,
      to: MULTICALL3,
      gas: GAS_PER_TRANSACTION,
      data: encodeFunctionData({
        abi: multicall3Abi,
        functionName: 'aggregate3',
        args: [calls.map(({ to, data }) => ({ target: to, callData: data, allowFailure: false }))],
      }),
    })
  }
}
