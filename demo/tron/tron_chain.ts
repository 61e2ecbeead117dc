import { ContractRefused, Ledger, type PlayAccount } from '#demo/tron/accounts'
import { sealBlock, type PlayBlock } from '#demo/tron/block'
import { sha256 } from '#demo/tron/keys'
import { carryOut } from '#demo/tron/rules'
import type { PlayTransaction } from '#demo/tron/transaction'
import { infoOf, type Effects } from '#demo/tron/transaction_info'
import { solidNumber, Witnesses } from '#demo/tron/witnesses'

/** Between two blocks, when none is missed. */
export const SLOT_MS = 3000

/** Of so many of the latest blocks the state of all accounts is kept. */
const KEPT_LEDGERS = 64

/** What the first block of every network names as its witness. */
const FIRST_WITNESS = Buffer.from(
  'A new system must allow existing systems to be linked together without requiring any central control or coordination'
).toString('hex')

interface Included {
  transaction: PlayTransaction
  effects: Effects
}

interface ChainOptions {
  /** Names the network: keys, the id of its first block and all that follows come from it. */
  seed: string
  /** When its second block was made, in epoch milliseconds. The first one has no time. */
  beganAt: number
}

/** A TRON network in memory: blocks with true ids, roots and signatures, and the accounts behind them. */
export class TronChain {
  readonly witnesses: Witnesses
  readonly #blocks: PlayBlock[]
  readonly #ledgers = new Map<number, Ledger>()
  readonly #blockOfTransaction = new Map<string, number>()
  /** What the next block is going to hold, and the accounts as it is going to leave them. */
  #pending: Included[] = []
  #draft = new Ledger()
  #solid = 0
  #serial = 0

  constructor({ seed, beganAt }: ChainOptions) {
    this.witnesses = new Witnesses(seed)
    const first = {
      number: 0,
      timestamp: 0,
      parentId: sha256(Buffer.from(seed)).toString('hex'),
      witnessAddress: FIRST_WITNESS,
    }
    this.#blocks = [sealBlock(first, { transactions: [], infos: [] })]
    this.#ledgers.set(0, new Ledger())
    for (const { address, delegate } of this.witnesses.all) {
      this.open(address, { ...(delegate && { witnessKey: delegate }) })
    }
    this.mine({ missed: Math.floor(beganAt / SLOT_MS) - 1 })
  }

  get head(): PlayBlock {
    return this.#blocks.at(-1)!
  }

  get solidNumber(): number {
    return this.#solid
  }

  block(number: number): PlayBlock | undefined {
    return this.#blocks[number]
  }

  blockOfTransaction(id: string): number | undefined {
    return this.#blockOfTransaction.get(id)
  }

  /** The accounts as a block left them; of one too old to be kept, those of the oldest kept. */
  ledger(number: number): Ledger {
    return this.#ledgers.get(number) ?? this.#ledgers.values().next().value!
  }

  /** An account that has been there from the beginning. */
  open(address: string, fields: Partial<PlayAccount>) {
    for (const ledger of [...this.#ledgers.values(), this.#draft]) {
      ledger.open(address, fields)
    }
  }

  /** Tells transactions of one block apart. */
  nextSerial(): number {
    return this.#serial++ % SLOT_MS
  }

  /**
   * Puts a transaction into the next block.
   *
   * @throws ContractRefused when it cannot be carried out
   */
  submit(transaction: PlayTransaction) {
    const effects = carryOut(this.#draft, transaction.raw.contract, this.head.timestamp)
    this.#pending.push({ transaction, effects })
  }

  /** Makes the next block, `missed` slots later than it could be. */
  mine({ missed = 0 } = {}): PlayBlock {
    const { id, number, timestamp } = this.head
    const slot = Math.floor(timestamp / SLOT_MS) + 1 + missed
    const witness = this.witnesses.ofSlot(slot)
    const place = {
      number: number + 1,
      timestamp: slot * SLOT_MS,
      parentId: id,
      witnessAddress: witness.address,
    }
    const transactions = this.#pending.map(({ transaction }) => transaction)
    const infos = this.#pending.map(({ transaction, effects }) =>
      infoOf(transaction, place, effects)
    )
    const block = sealBlock(place, { transactions, infos }, witness)

    this.#blocks.push(block)
    this.#ledgers.set(block.number, this.#draft)
    this.#ledgers.delete(block.number - KEPT_LEDGERS)
    for (const transaction of transactions) {
      this.#blockOfTransaction.set(transaction.id, block.number)
    }
    this.#solid = Math.max(
      this.#solid,
      solidNumber((at) => this.#blocks[at]!, block.number)
    )
    this.#startNext()
    return block
  }

  /**
   * Replaces the latest blocks by a longer branch that misses the slot of the first of them. Their
   * transactions come again in it, but for those that are to be lost or are refused there.
   *
   * @param depth how many blocks, none of them solid
   * @throws RangeError when one of them is solid
   */
  reorg(depth: number, isLost: (transaction: PlayTransaction) => boolean = () => false) {
    const fork = this.head.number - depth
    if (depth < 1 || fork < this.#solid) {
      throw new RangeError(`Block ${this.#solid} is solid: a reorg cannot go below it`)
    }
    const gone = this.#blocks.splice(fork + 1)
    const pending = this.#pending.map(({ transaction }) => transaction)
    const slotsBetween = (gone[0]!.timestamp - this.head.timestamp) / SLOT_MS
    for (const { number, transactions } of gone) {
      this.#ledgers.delete(number)
      transactions.forEach(({ id }) => this.#blockOfTransaction.delete(id))
    }
    this.#startNext()

    gone.forEach(({ transactions }, place) => {
      transactions.filter((transaction) => !isLost(transaction)).forEach(this.#resubmit)
      this.mine({ missed: place === 0 ? slotsBetween : 0 })
    })
    this.mine()
    pending.forEach(this.#resubmit)
  }

  readonly #resubmit = (transaction: PlayTransaction) => {
    try {
      this.submit(transaction)
    } catch (error) {
      if (!(error instanceof ContractRefused)) throw error
    }
  }

  #startNext() {
    this.#pending = []
    this.#draft = this.ledger(this.head.number).fork()
  }
}
