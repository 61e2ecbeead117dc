import { test } from '@japa/runner'
import UnfreezeRecord from '#models/unfreeze_record'
import type { TronBlock, TronRecord } from '#sources/tron/records'
import { emptyDatabase } from '#tests/support/database'
import { seededRandom, type Random } from '#tests/support/random'
import {
  someTronAddress,
  storeTronBlocks,
  timeOf,
  tronBlock,
  tronRecord,
} from '#tests/support/tron_records'

const BLOCKS = 80
const DELAY_BLOCKS = 14

interface Pending {
  txId: string
  amount: bigint
  availableAt: number
}

/** An account as java-tron keeps it: what is pending, and what became of the rest. */
class Account {
  readonly owner = someTronAddress()
  readonly fates = new Map<string, string>()
  #pending: Pending[] = []

  /** Does something in a block, whose parent's time decides. */
  step(random: Random, block: number): TronRecord[] {
    const kind = random.pick(['unfreeze', 'unfreeze', 'withdraw', 'cancel'] as const)
    const { owner } = this
    const resource = 'ENERGY' as const
    const record = tronRecord({ kind, owner, resource, infoState: 'single' })
    const out = this.#takeOut(timeOf(block - 1), 'withdrawn', record.txId)
    const paid: Partial<TronRecord> = { resource: null, amountSun: out, txId: record.txId }

    if (kind === 'withdraw') {
      return [{ ...record, ...paid }]
    }
    const besides =
      out > 0n ? [{ ...record, ...paid, kind: 'withdraw' as const, causedBy: kind }] : []
    if (kind === 'cancel') {
      return [
        { ...record, amountSun: this.#takeOut(Infinity, 'cancelled', record.txId) },
        ...besides,
      ]
    }
    const availableAt = timeOf(block - 1 + DELAY_BLOCKS)
    const amount = BigInt(random.between(1, 9))
    this.#pending.push({ txId: record.txId, amount, availableAt })
    this.fates.set(record.txId, 'open')
    return [{ ...record, amountSun: amount, infoState: 'not_needed', availableAt }, ...besides]
  }

  #takeOut(time: number, fate: string, by: string): bigint {
    const taken = this.#pending.filter(({ availableAt }) => availableAt <= time)
    this.#pending = this.#pending.filter((one) => !taken.includes(one))
    taken.forEach(({ txId }) => this.fates.set(txId, `${fate} by ${by}`))
    return taken.reduce((sum, { amount }) => sum + amount, 0n)
  }
}

/** A chain on which two accounts do something in every third block or so. */
function history(random: Random) {
  const accounts = [new Account(), new Account()]
  const blocks: TronBlock[] = []
  for (let number = 1; number <= BLOCKS; number++) {
    const active = accounts.filter(() => random.chance(0.3))
    blocks.push(
      tronBlock(
        number,
        active.flatMap((account) => account.step(random, number))
      )
    )
  }
  return { blocks, fates: new Map(accounts.flatMap(({ fates }) => [...fates])) }
}

/** Stores them in pieces that overlap, some of them late and some twice. */
async function storeAnyhow(blocks: TronBlock[], random: Random) {
  const pieces: TronBlock[][] = []
  for (let from = 0; from < blocks.length;) {
    const length = random.between(1, 25)
    pieces.push(blocks.slice(Math.max(0, from - random.between(0, 3)), from + length))
    from += length
  }
  for (const piece of pieces.filter(() => random.chance(0.5))) await storeTronBlocks(piece)
  for (const piece of pieces.toSorted(() => random.next() - 0.5)) await storeTronBlocks(piece)
}

test.group('Histories of stake drawn at random', (group) => {
  // What is reckoned is the same on both databases.
  group.tap((it) => it.tags(['@sqlite']))

  test('in whatever order blocks are stored, each unfreeze ends as on the chain', async ({
    assert,
  }) => {
    for (let seed = 1; seed <= 10; seed++) {
      await emptyDatabase()
      const random = seededRandom(seed)
      const { blocks, fates } = history(random)
      await storeAnyhow(blocks, random)

      const records = await UnfreezeRecord.all()
      const stored = records.map(({ unfreezeTxHash, status, closedTxHash }) => {
        const fate = closedTxHash === null ? 'open' : `${status} by ${closedTxHash}`
        return [unfreezeTxHash, fate] as const
      })
      assert.deepEqual(Object.fromEntries(stored), Object.fromEntries(fates), `seed ${seed}`)
    }
  })
})
