import { Random } from '#demo/market/random'
import { sealBlock, type PlayBlock } from '#demo/tron/block'
import type { ContractName, ContractValue, PlayContract } from '#demo/tron/contracts'
import { PlayKey } from '#demo/tron/keys'
import { TRX } from '#demo/tron/stake_rules'
import { signTransaction, type PlayTransaction } from '#demo/tron/transaction'
import { SLOT_MS, type TronChain } from '#demo/tron/tron_chain'

/** What block 79,072,107 of the main network holds. */
const MIX: [type: ContractName, count: number][] = [
  ['TransferContract', 230],
  ['TriggerSmartContract', 158],
  ['DelegateResourceContract', 125],
  ['UnDelegateResourceContract', 66],
  ['TransferAssetContract', 38],
  ['AccountCreateContract', 1],
  ['FreezeBalanceV2Contract', 1],
]

/** 125 delegations, 66 that end, and a stake. */
export const RECORDS_IN_BLOCK = 192

/** Who delegates in that block: so many owners, and for 117 of the 192 an operator signs. */
const POOLS = 60
const SIGNED_BY_OPERATOR = 117 / RECORDS_IN_BLOCK

/** Makes blocks as full as those of the main network, each on top of the last. */
export class MainnetBlocks {
  readonly #witnesses: TronChain['witnesses']
  readonly #random = new Random(7)
  readonly #pools = poolKeys(POOLS)
  readonly #operators = keys('operator', POOLS)
  readonly #people = Array.from({ length: 2000 }, () => `41${this.#random.address().slice(2)}`)
  #last: PlayBlock

  constructor({ witnesses, head }: TronChain) {
    this.#witnesses = witnesses
    this.#last = head
  }

  next(): PlayBlock {
    const { id, number, timestamp } = this.#last
    const time = timestamp + SLOT_MS
    const witness = this.#witnesses.ofSlot(time / SLOT_MS)
    const place = {
      number: number + 1,
      timestamp: time,
      parentId: id,
      witnessAddress: witness.address,
    }
    const types = MIX.flatMap(([type, count]) => Array.from({ length: count }, () => type))
    const transactions = this.#random
      .shuffle(types)
      .map((type, position) => this.#transaction(type, timestamp, position))
    this.#last = sealBlock(place, { transactions, infos: [] }, witness)
    return this.#last
  }

  #transaction(type: ContractName, parentTime: number, position: number): PlayTransaction {
    const pool = Math.floor(this.#random.next() * POOLS)
    const isStake = STAKING.has(type)
    const byOperator = isStake && this.#random.chance(SIGNED_BY_OPERATOR)
    const owner = this.#pools[pool]!
    const contract: PlayContract = {
      type,
      value: { owner_address: isStake ? owner.address : this.#person(), ...this.#value(type) },
      ...(byOperator && { permissionId: 3 }),
    }
    const raw = {
      contract,
      refBlockBytes: Buffer.from('8b57', 'hex'),
      refBlockHash: Buffer.from('38d1f6f955c2b56b', 'hex'),
      expiration: BigInt(parentTime + 60_000),
      timestamp: BigInt(parentTime + position),
    }
    return signTransaction(raw, { keys: [byOperator ? this.#operators[pool]! : owner] })
  }

  #value(type: ContractName): ContractValue {
    const amount = BigInt(Math.round(this.#random.between(20, 14_000))) * TRX
    switch (type) {
      case 'TransferContract':
        return { to_address: this.#person(), amount }
      case 'TransferAssetContract':
        return { asset_name: '1005114', to_address: this.#person(), amount }
      case 'TriggerSmartContract':
        return {
          contract_address: '41a614f803b6fd780986a42c78ec9c7f77e6ded13c',
          data: `a9059cbb${this.#person().slice(2).padStart(64, '0')}${amount.toString(16).padStart(64, '0')}`,
        }
      case 'AccountCreateContract':
        return { account_address: this.#person() }
      case 'FreezeBalanceV2Contract':
        return { frozen_balance: amount }
      case 'DelegateResourceContract': {
        const lock = this.#random.chance(0.3) && { lock: true, lock_period: 200n }
        return { resource: 'ENERGY', balance: amount, receiver_address: this.#person(), ...lock }
      }
      default:
        return { resource: 'ENERGY', balance: amount, receiver_address: this.#person() }
    }
  }

  #person(): string {
    return this.#random.pick(this.#people)
  }
}

const STAKING = new Set<ContractName>([
  'DelegateResourceContract',
  'UnDelegateResourceContract',
  'FreezeBalanceV2Contract',
])

/** The keys of the first of the pools that delegate. */
export function poolKeys(count: number): PlayKey[] {
  return keys('pool', count)
}

function keys(name: string, count: number): PlayKey[] {
  return Array.from({ length: count }, (_, place) => PlayKey.named(`${name} ${place}`))
}
