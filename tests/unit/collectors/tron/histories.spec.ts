import { test } from '@japa/runner'
import { ContractRefused } from '#demo/tron/accounts'
import {
  alteredBytes,
  alteredJson,
  forgedSignature,
  forked,
  invented,
  missing,
  withAmount,
} from '#demo/tron/faults/blocks'
import type { TronFault } from '#demo/tron/faults/fault'
import { foreign, frozenAt, lagging, withholding } from '#demo/tron/faults/heights'
import { mapsAsObjects, withoutInfos, wrongInfos } from '#demo/tron/faults/infos'
import { cutShort, html, lite, oneIn, overloaded } from '#demo/tron/faults/transport'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import type { PlayTransaction } from '#demo/tron/transaction'
import { seededRandom, type Random } from '#tests/support/random'
import { SettableClock } from '#tests/support/settable_clock'
import {
  linesOfChain,
  RememberingSigners,
  StoredTron,
  UNKNOWN,
  tronReading,
} from '#tests/support/tron_reading'

const HISTORIES = 200
const CHAINS = 4
const BLOCKS = 64

test.group('Random histories of TRON', (group) => {
  group.each.timeout(300_000)

  test('what is stored is the chain, nothing else ever is, and every lie is noticed', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const signers = new RememberingSigners()
    const chains = Array.from({ length: CHAINS }, (_, seed) => randomChain(seed, clock))
    const other = new LocalTron({ clock, seed: 'another network' })
    other.mine(BLOCKS)

    for (let seed = 0; seed < HISTORIES; seed++) {
      const random = seededRandom(seed)
      const tron = chains[seed % CHAINS]!
      const truth = new Set(linesOfChain(tron, BLOCKS))
      const honest = random.between(1, 2)
      const fault = random.pick(faultsOf(honest, random, other))
      const faulty = tron.endpoint({ faults: [fault.fault] })
      const endpoints = [faulty, ...Array.from({ length: honest }, () => tron.endpoint())]
      const { nodes, newReader } = tronReading({ tron, endpoints, clock, signers })

      const stored = new StoredTron()
      const isKilled = () => random.chance(0.3)
      for (let run = 0; run < 2; run++) {
        clock.pass(3_000)
        await stored.readOn(newReader(), isKilled)
      }
      const said = `history ${seed}, ${fault.name}`
      assert.isEmpty(
        stored.lines().filter((line) => !truth.has(line) && !line.includes(UNKNOWN)),
        said
      )
      if (fault.mark) {
        assert.include(
          nodes.marks().map(({ reason }) => reason),
          fault.mark,
          said
        )
      }

      faulty.faults = []
      clock.pass(86_400_000)
      const reader = newReader()
      for (let run = 0; run < 2; run++) assert.isNull(await stored.readOn(reader), said)
      await stored.closeGaps(reader)
      assert.isAbove(stored.cursor.number, BLOCKS - 30, said)
      assert.isEmpty(stored.gaps, said)
      assert.deepEqual(stored.lines(), linesOfChain(tron, stored.cursor.number), said)
    }
  })
})

interface NamedFault {
  name: string
  fault: TronFault
  /** What the endpoint has to be caught at: lies. The rest is noticed by what does not come. */
  mark?: string
}

/** A fork that every witness has signed can only be told from the chain by a third node. */
function faultsOf(honest: number, random: Random, other: LocalTron): NamedFault[] {
  const from = random.between(1, 40)
  const isStake = ({ raw }: PlayTransaction) => raw.contract.type !== 'TransferContract'
  const more = withAmount(77_000_000n)
  const everyThird = (number: number) => number % 3 === 0
  const faults: NamedFault[] = [
    { name: 'lagging', fault: lagging(random.between(1, 30)) },
    { name: 'frozen', fault: frozenAt(from) },
    { name: 'withholding', fault: withholding(everyThird) },
    { name: 'foreign', fault: foreign(other.chain), mark: 'foreign_chain' },
    { name: 'missing', fault: missing(isStake), mark: 'forged_block' },
    { name: 'altered JSON', fault: alteredJson(isStake, more), mark: 'contradicts_bytes' },
    { name: 'altered bytes', fault: alteredBytes(isStake, more), mark: 'forged_block' },
    { name: 'old id', fault: alteredBytes(isStake, more, false), mark: 'contradicts_bytes' },
    { name: 'invented', fault: invented(isStake, more), mark: 'forged_block' },
    { name: 'forged signatures', fault: forgedSignature(), mark: 'forged_block' },
    { name: 'some forged', fault: forgedSignature((number) => number > 41), mark: 'forged_block' },
    { name: 'short fork', fault: forked(from, isStake, 3), mark: 'other_fork' },
    { name: 'without infos', fault: withoutInfos() },
    { name: 'maps as objects', fault: mapsAsObjects() },
    { name: 'overloaded', fault: oneIn(2, overloaded()) },
    { name: 'a page', fault: oneIn(2, html()) },
    { name: 'light', fault: lite() },
    { name: 'cut short', fault: oneIn(3, cutShort()) },
  ]
  const wrong = wrongInfos((info) => ({ ...info, withdrawn: 5n * TRX }))
  const byMajority: NamedFault[] = [
    { name: 'fork', fault: forked(from, isStake), mark: 'other_fork' },
    { name: 'wrong amounts', fault: wrong, mark: 'wrong_amounts' },
  ]
  return honest > 1
    ? [...faults, ...byMajority]
    : [...faults, { name: 'amounts against amounts', fault: wrong }]
}

/** A chain on which two pools stake, delegate, and take all of it back, at random. */
function randomChain(seed: number, clock: SettableClock): LocalTron {
  const random = seededRandom(seed)
  const tron = new LocalTron({ clock, seed: `chain ${seed}` })
  const pools = [tron.wallet({ operators: 2 }), tron.wallet()]
  const renter = tron.wallet()
  pools.forEach((pool) => pool.freeze(10_000n * TRX))
  while (tron.chain.head.number < BLOCKS) {
    const pool = random.pick(pools)
    const amount = BigInt(random.between(1, 90)) * TRX
    const acts = [
      () => pool.freeze(amount, random.pick(['BANDWIDTH', 'ENERGY'])),
      () =>
        pool.delegate(renter.address, amount, {
          lockBlocks: random.chance(0.5) ? 100n : undefined,
        }),
      () => pool.undelegate(renter.address, amount),
      () => pool.unfreeze(amount),
      () => pool.cancelAll(),
      () => pool.withdraw(),
      () => pool.transfer(renter.address, amount),
    ]
    if (random.chance(0.6)) attempt(random.pick(acts))
    if (random.chance(0.7)) tron.chain.mine({ missed: random.chance(0.05) ? 1 : 0 })
  }
  return tron
}

/** What the chain refuses is not part of it. */
function attempt(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (!(error instanceof ContractRefused)) throw error
  }
}
