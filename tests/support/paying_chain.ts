import type { TestContext } from '@japa/runner/core'
import {
  encodeFunctionData,
  parseAbi,
  parseGwei,
  type Address,
  type Hash,
  type Hex,
  type PrivateKeyAccount,
} from 'viem'
import { startAnvil } from '#demo/chain/anvil'
import { connect } from '#demo/chain/local_chain'
import { multicall3Code } from '#demo/chain/contracts'
import { MULTICALL3 } from '#demo/market/addresses'
import { freePort } from '#demo/processes/ports'

const GAS_PRICE = parseGwei('1')

/** What viem leaves out of Multicall3: calls that carry BNB. */
const FORWARDER = parseAbi([
  'struct Call { address target; bool allowFailure; uint256 value; bytes callData; }',
  'function aggregate3Value(Call[] calls) payable',
])

/** Where the code stands to which accounts delegate. */
const SWEEPER = '0x7702000000000000000000000000000000007702'

/** Code that keeps plain payments, and sends all that it holds to an address when it is given data. */
function sweeperCode(to: Address): Hex {
  const skipWithoutData = '3615602257'
  const callWithAll = `5f5f5f5f4773${to.slice(2)}5af100`
  return `0x${skipWithoutData}${callWithAll}5b00`
}

/** A real chain on which people pay in all the ways there are. Every transaction is a block. */
export class PayingChain {
  readonly client: ReturnType<typeof connect>
  /** Accounts with plenty of BNB, in lower case. */
  payers: Address[] = []
  #isGathering = false

  constructor(readonly url: string) {
    this.client = connect(url)
  }

  static async start(test: TestContext['test']): Promise<PayingChain> {
    const anvil = await startAnvil({ port: await freePort() })
    test.cleanup(() => anvil.stop())

    const chain = new PayingChain(anvil.url)
    await chain.client.setCode({
      address: MULTICALL3,
      bytecode: await multicall3Code(chain.client),
    })
    // Left to itself it answers a transaction before it has mined it.
    await chain.client.setAutomine(false)
    const addresses = await chain.client.getAddresses()
    chain.payers = addresses.map((address) => address.toLowerCase() as Address)
    return chain
  }

  /** From an ordinary account. */
  pay(to: Address, value: bigint, from = this.payers[0]!): Promise<Hash> {
    return this.#send({ account: from, to, value })
  }

  /** A contract pays on: no transaction has the address as its receiver. */
  payByContract(to: Address, value: bigint): Promise<Hash> {
    const call = { target: to, value, callData: '0x', allowFailure: false } as const
    const data = encodeFunctionData({
      abi: FORWARDER,
      functionName: 'aggregate3Value',
      args: [[call]],
    })
    return this.#send({ account: this.payers[0]!, to: MULTICALL3, value, data })
  }

  /** A contract that destroys itself while it is made leaves what it was given: PUSH20 SELFDESTRUCT. */
  payBySelfDestruct(to: Address, value: bigint): Promise<Hash> {
    return this.#send({ account: this.payers[0]!, value, data: `0x73${to.slice(2)}ff` })
  }

  /** The owner of the key takes everything away, from outside; nothing where the fee is not covered. */
  async sweep(address: Address, to = this.payers[9]!) {
    const value = (await this.client.getBalance({ address })) - GAS_PRICE * 21_000n
    if (value >= 0n) await this.spend(address, to, value)
  }

  /** The owner of the key sends a part of it. */
  async spend(address: Address, to: Address, value: bigint) {
    await this.client.impersonateAccount({ address })
    await this.#send({ account: address, to, value, gas: 21_000n })
  }

  /** The owner of the key lets code act for the account from now on (EIP-7702); a relayer pays for it. */
  async delegate(owner: PrivateKeyAccount, to = this.payers[9]!) {
    await this.client.setCode({ address: SWEEPER, bytecode: sweeperCode(to) })
    const nonce = await this.client.getTransactionCount({ address: owner.address })
    const chainId = await this.client.getChainId()
    const signed = await owner.signAuthorization({ address: SWEEPER, chainId, nonce })
    const fees = { gasPrice: undefined, maxFeePerGas: GAS_PRICE, maxPriorityFeePerGas: GAS_PRICE }
    const relayer = this.payers[8]!
    await this.#send({ account: relayer, to: relayer, authorizationList: [signed], ...fees })
  }

  /** The relayer has the code of a delegated account send everything away, without the account. */
  sweepByCode(address: Address) {
    return this.#send({ account: this.payers[8]!, to: address, data: '0x01' })
  }

  /** Puts what `work` sends into one block. */
  async inOneBlock(work: () => Promise<unknown>) {
    this.#isGathering = true
    await work()
    this.#isGathering = false
    await this.client.mine({ blocks: 1 })
  }

  /** Makes everything so far final: `finalized` is two blocks behind the head. */
  finalize() {
    return this.client.mine({ blocks: 3 })
  }

  async #send(transaction: object): Promise<Hash> {
    const sent = { gasPrice: GAS_PRICE, gas: 500_000n, chain: null, ...transaction }
    const hash = await this.client.sendTransaction(sent as never)
    if (!this.#isGathering) await this.client.mine({ blocks: 1 })
    return hash
  }
}
