import { test } from '@japa/runner'
import { writeTransaction } from '#foundation/db/transaction'
import Pool from '#models/pool'
import { storeReading } from '#collectors/store/fact_store'
import { rememberBlock } from '#collectors/store/recent_blocks'
import { retractAfter } from '#collectors/store/retract'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { flap } from '#sources/flap'
import { emptyDatabase } from '#tests/support/database'
import { hashOf } from '#tests/support/chain/bloom_of'
import { syntheticLog } from '#tests/support/logs'
import { seededRandom, type Random } from '#tests/support/random'

const PORTAL = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
const CREATED =
  'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)'
const BOUGHT =
  'event TokenBought(uint256 ts, address token, address buyer, uint256 amount, uint256 eth, uint256 fee, uint256 postPrice)'
const PROGRESS = 'event FlapTokenProgressChanged(address token, uint256 newProgress)'
const SOMEONE = '0x00000000000000000000000000000000000a11ce'

const read = logReader([flap])

/** A chain of which a few tokens are traded, and what a scanner that leaves gaps stores of it. */
class History {
  readonly #blocks: ChainLog[][] = [[]]
  readonly #gaps = new Set<number>()
  /** The tokens that each block created. */
  readonly #created: string[][] = [[]]
  #fork = 0

  constructor(
    readonly random: Random,
    readonly isRevertible: boolean
  ) {}

  async mine(count: number) {
    for (let mined = 0; mined < count; mined++) {
      const number = this.#blocks.push(this.#draw()) - 1
      if (this.isRevertible) {
        const hash = hashOf(this.#fork, number)
        await writeTransaction((trx) => rememberBlock(trx, 56, { number, hash }))
      }
      await (this.random.chance(0.4) ? this.#gaps.add(number) : this.#store(number))
    }
  }

  async retract(depth: number) {
    this.#fork++
    const ancestor = this.#blocks.length - 1 - depth
    this.#blocks.length = ancestor + 1
    this.#created.length = ancestor + 1
    for (const gap of this.#gaps) {
      if (gap > ancestor) this.#gaps.delete(gap)
    }
    await writeTransaction((trx) => retractAfter(trx, 56, ancestor, 1))
  }

  async closeGaps(chance = 1) {
    for (const gap of this.#shuffled([...this.#gaps])) {
      if (this.random.chance(chance)) {
        this.#gaps.delete(gap)
        await this.#store(gap)
      }
    }
  }

  /** The newest price and progress of each token, as far as its blocks were read. */
  get truth() {
    const pools = new Map<string, { price: string | null; progress: string | null }>()
    const blocks = this.#blocks.filter((_, number) => !this.#gaps.has(number))
    for (const { fact } of read(blocks.flat()).facts) {
      if (fact.type === 'pool') pools.set(fact.poolId, { price: null, progress: null })
      if (fact.type !== 'pool_state') continue
      const pool = pools.get(fact.poolId)
      if (!pool) continue
      pool.price = fact.price?.toString() ?? pool.price
      pool.progress = fact.progress?.toString() ?? pool.progress
    }
    return [...pools].toSorted(([one], [other]) => (one < other ? -1 : 1))
  }

  #store(number: number) {
    const reading = read(this.#shuffled(this.#blocks[number]!))
    return writeTransaction((trx) => storeReading(trx, 56, reading, 1))
  }

  /** Each token is created in its branch before it is traded. */
  #draw(): ChainLog[] {
    const blockNumber = this.#blocks.length
    const logs: ChainLog[] = []
    const add = (signature: string, values: unknown[]) => {
      const logIndex = logs.length
      const hash = hashOf('block', this.#fork, blockNumber)
      const place = { blockNumber, blockHash: hash, logIndex }
      logs.push(syntheticLog(PORTAL, signature, values, place))
    }
    const born: string[] = []
    for (let count = this.random.between(0, 3); count > 0; count--) {
      const tokens = [...this.#created.flat(), ...born]
      if (tokens.length < 3 && this.random.chance(0.5)) {
        const token = `0x${hashOf('token', this.#fork, blockNumber, count).slice(2, 42)}`
        born.push(token)
        add(CREATED, [0n, SOMEONE, 1n, token, 'n', 's', 'm'])
      } else if (tokens.length > 0) {
        const token = this.random.pick(tokens)
        const price = BigInt(this.random.between(1, 1e9))
        if (this.random.chance(0.8)) add(BOUGHT, [0n, token, SOMEONE, 1n, 1n, 1n, price])
        if (this.random.chance(0.6)) add(PROGRESS, [token, price])
      }
    }
    this.#created.push(born)
    return logs
  }

  #shuffled<T>(items: T[]): T[] {
    return items
      .map((item) => ({ item, key: this.random.between(0, 1e9) }))
      .toSorted((one, other) => one.key - other.key)
      .map(({ item }) => item)
  }
}

async function storedPools() {
  const pools = await Pool.query().whereNull('removedAt').orderBy('poolId')
  return pools.map(({ poolId, price, progress }) => [poolId, { price, progress }])
}

test.group('The state of pools', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is that of the chain whatever order logs are read in, with gaps closed later', async (ctx) => {
    for (let seed = 1; seed <= 6; seed++) {
      await emptyDatabase()
      const history = new History(seededRandom(seed), false)
      await history.mine(15)
      await history.closeGaps(0.5)
      await history.mine(10)
      await history.closeGaps()

      ctx.assert.deepEqual(await storedPools(), history.truth as never, `seed ${seed}`)
    }
  })

  test('is that of the chain after reorgs, also where gaps are closed before and after them', async (ctx) => {
    for (let seed = 1; seed <= 6; seed++) {
      await emptyDatabase()
      const history = new History(seededRandom(seed), true)
      await history.mine(12)
      for (let reorgs = 0; reorgs < 3; reorgs++) {
        await history.closeGaps(0.5)
        await history.retract(history.random.between(1, 8))
        ctx.assert.deepEqual(await storedPools(), history.truth as never, `seed ${seed}`)
        await history.mine(6)
      }
      await history.closeGaps()

      ctx.assert.deepEqual(await storedPools(), history.truth as never, `seed ${seed}`)
    }
  })
})
