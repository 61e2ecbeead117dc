import type { ContractName, ContractValue, Resource } from '#demo/tron/contracts'
import type { PlayKey } from '#demo/tron/keys'
import {
  signTransaction,
  type PlayTransaction,
  type RawTransaction,
  type RetEntry,
  type Signing,
} from '#demo/tron/transaction'
import type { TronChain } from '#demo/tron/tron_chain'

/** Transactions are good for so long after the block that they name. */
const GOOD_FOR_MS = 60_000

/** The first permission of operators: 0 is the owner's, 1 that of witnesses. */
const FIRST_OPERATOR = 2

interface Sending extends Omit<Signing, 'keys'> {
  /** Which operator signs, counted from 0. Not given: the owner. */
  operator?: number
  ret?: RetEntry[]
  timestamp?: bigint
  feeLimit?: bigint
}

export interface DelegateOptions extends Sending {
  resource?: Resource
  /** A lock of so many blocks; 0 leaves the period out, which means three days. */
  lockBlocks?: bigint
}

/** An account with its key and those of its operators. Amounts are in sun. */
export class TronWallet {
  readonly address: string
  readonly #chain: TronChain
  readonly #key: PlayKey
  readonly #operators: readonly PlayKey[]

  constructor(chain: TronChain, key: PlayKey, operators: readonly PlayKey[] = []) {
    this.address = key.address
    this.#chain = chain
    this.#key = key
    this.#operators = operators
  }

  freeze(amount: bigint, resource: Resource = 'ENERGY', sending?: Sending) {
    return this.send('FreezeBalanceV2Contract', { frozen_balance: amount, resource }, sending)
  }

  unfreeze(amount: bigint, resource: Resource = 'ENERGY', sending?: Sending) {
    return this.send('UnfreezeBalanceV2Contract', { unfreeze_balance: amount, resource }, sending)
  }

  /** Takes all that is ready. */
  withdraw(sending?: Sending) {
    return this.send('WithdrawExpireUnfreezeContract', {}, sending)
  }

  cancelAll(sending?: Sending) {
    return this.send('CancelAllUnfreezeV2Contract', {}, sending)
  }

  delegate(to: string, amount: bigint, options: DelegateOptions = {}) {
    const { resource = 'ENERGY', lockBlocks, ...sending } = options
    const lock = lockBlocks !== undefined && { lock: true, lock_period: lockBlocks }
    const value = { resource, balance: amount, receiver_address: to, ...lock }
    return this.send('DelegateResourceContract', value, sending)
  }

  undelegate(to: string, amount: bigint, resource: Resource = 'ENERGY', sending?: Sending) {
    const value = { resource, balance: amount, receiver_address: to }
    return this.send('UnDelegateResourceContract', value, sending)
  }

  transfer(to: string, amount: bigint, sending?: Sending) {
    return this.send('TransferContract', { to_address: to, amount }, sending)
  }

  /**
   * Signs a contract of any kind and puts it into the next block.
   *
   * @throws ContractRefused when it cannot be carried out
   */
  send(type: ContractName, value: ContractValue, sending: Sending = {}): PlayTransaction {
    const { operator, ret, timestamp, feeLimit, ...signing } = sending
    const { id, number } = this.#chain.block(this.#chain.solidNumber)!
    const headTime = this.#chain.head.timestamp
    const raw: RawTransaction = {
      contract: {
        type,
        value: { owner_address: this.address, ...value },
        ...(operator !== undefined && { permissionId: FIRST_OPERATOR + operator }),
      },
      refBlockBytes: Buffer.from(number.toString(16).padStart(16, '0').slice(-4), 'hex'),
      refBlockHash: Buffer.from(id.slice(16, 32), 'hex'),
      expiration: BigInt(headTime + GOOD_FOR_MS),
      // Two transactions of one block that say the same still differ.
      timestamp: timestamp ?? BigInt(headTime + this.#chain.nextSerial()),
      ...(feeLimit !== undefined && { feeLimit }),
    }
    const key = operator === undefined ? this.#key : this.#operators[operator]!
    const transaction = signTransaction(raw, { ...signing, keys: [key] }, ret)
    this.#chain.submit(transaction)
    return transaction
  }
}
