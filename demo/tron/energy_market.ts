import type { Random } from '#demo/market/random'
import { ContractRefused } from '#demo/tron/accounts'
import type { Resource } from '#demo/tron/contracts'
import { base58Of } from '#demo/tron/keys'
import type { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { SLOT_MS } from '#demo/tron/tron_chain'
import type { TronWallet } from '#demo/tron/wallet'

const POOLS = 3
const RENTERS = 12

/** What each pool has when the market opens, in sun. */
const FIRST_STAKE = 200_000n * TRX

/** How often each happens in a block. */
const CHANCES = { rent: 0.45, stake: 0.05, unstake: 0.06, withdraw: 0.05, cancel: 0.006 }

interface Rental {
  pool: TronWallet
  renter: TronWallet
  resource: Resource
  /** Sun that is still out. */
  amount: bigint
  /** When the renter's time is over, in epoch milliseconds. */
  until: number
}

/** Pools that stake, rent out energy for minutes, and take it back; and people who just pay. */
export class EnergyMarket {
  readonly #random: Random
  readonly #report: (line: string) => unknown
  readonly #pools: TronWallet[]
  readonly #renters: TronWallet[]
  #rentals: Rental[] = []

  constructor(tron: LocalTron, random: Random, report: (line: string) => unknown = () => {}) {
    this.#random = random
    this.#report = report
    this.#pools = Array.from({ length: POOLS }, () => tron.wallet({ operators: 2 }))
    this.#renters = Array.from({ length: RENTERS }, () => tron.wallet())
    for (const pool of this.#pools) {
      pool.freeze(FIRST_STAKE)
      pool.freeze(FIRST_STAKE / 10n, 'BANDWIDTH')
    }
  }

  /** Addresses in hex. */
  get pools(): string[] {
    return this.#pools.map(({ address }) => address)
  }

  /** What happens before a block of that time (epoch milliseconds). */
  readonly act = (time: number) => {
    const random = this.#random
    const happens = (what: keyof typeof CHANCES) => random.chance(CHANCES[what])
    this.#endRentals(time)
    if (happens('rent')) this.#rent(time)

    const pool = random.pick(this.#pools)
    if (happens('stake')) attempt(() => pool.freeze(this.#amount(500, 5000)))
    if (happens('unstake')) attempt(() => pool.unfreeze(this.#amount(100, 2000)))
    if (happens('withdraw')) attempt(() => pool.withdraw())
    if (happens('cancel')) attempt(() => pool.cancelAll())
    this.#pay()
  }

  /** An operator delegates, mostly with a lock of minutes. */
  #rent(time: number) {
    const random = this.#random
    const [pool, renter] = [random.pick(this.#pools), random.pick(this.#renters)]
    const resource = random.chance(0.9) ? 'ENERGY' : 'BANDWIDTH'
    const amount = this.#amount(20, resource === 'ENERGY' ? 800 : 200)
    const blocks = Math.round(random.between(20, 100))
    const lock = random.chance(0.7) && { lockBlocks: BigInt(blocks) }
    const operator = random.chance(0.5) ? 0 : 1
    const isOut = attempt(() =>
      pool.delegate(renter.address, amount, { resource, operator, ...lock })
    )
    if (isOut) {
      const until = time + blocks * SLOT_MS
      this.#rentals.push({ pool, renter, resource, amount, until })
      this.#report(
        `rented    ${amount / TRX} TRX of stake to ${base58Of(renter.address)} for ${Math.ceil((blocks * SLOT_MS) / 60_000)} min`
      )
    }
  }

  /** Takes back what is due: at times a half first. What a later lock still holds is tried again. */
  #endRentals(time: number) {
    for (const rental of this.#rentals.filter(({ until }) => until < time)) {
      const { pool, renter, resource, amount } = rental
      const part = this.#random.chance(0.2) ? (amount + 1n) / 2n : amount
      const isBack = attempt(() =>
        pool.undelegate(renter.address, part, resource, { operator: this.#operator() })
      )
      if (isBack) rental.amount -= part
    }
    this.#rentals = this.#rentals.filter(({ amount }) => amount > 0n)
  }

  /** What else a block holds: payments, calls of contracts, and now and then something odd. */
  #pay() {
    const random = this.#random
    const [from, to] = random.shuffle(this.#renters) as [TronWallet, TronWallet]
    attempt(() => from.transfer(to.address, this.#amount(1, 50)))
    if (random.chance(0.5)) {
      const ret = random.pick(ODD_RESULTS)
      const data = `a9059cbb${to.address.slice(2).padStart(64, '0')}${'1'.padStart(64, '0')}`
      from.send(
        'TriggerSmartContract',
        { contract_address: TOKEN, data },
        { ret, feeLimit: 30n * TRX }
      )
    }
  }

  #operator(): number {
    return this.#random.chance(0.5) ? 0 : 1
  }

  /** Whole TRX, in sun. */
  #amount(low: number, high: number): bigint {
    return BigInt(Math.round(this.#random.between(low, high))) * TRX
  }
}

/** USDT on the real chain. */
const TOKEN = '41a614f803b6fd780986a42c78ec9c7f77e6ded13c'

/** Most end well; one failed, one has an entry that means nothing, one a field that JSON drops. */
const ODD_RESULTS = [
  ...Array.from({ length: 12 }, () => [{ contractRet: 'SUCCESS' as const }]),
  [{ contractRet: 'REVERT' as const }],
  [{ contractRet: 'SUCCESS' as const }, { unfreezeAmount: 1_000_000_000n }],
  [{ contractRet: 'SUCCESS' as const, unknown: Buffer.from('d23e0101', 'hex') }],
]

/** False when the chain refuses it, as it does in life: a lock still holds, too little is left. */
function attempt(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (error instanceof ContractRefused) return false
    throw error
  }
}
