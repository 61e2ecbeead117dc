import { test } from '@japa/runner'
import { behaviours } from '#tests/support/chain/behaviours'
import { DEEPEST_REORG, Life } from '#tests/support/chain/life'
import { placesOf, storedPlaces, storedTrades, tradesIn } from '#tests/support/chain/stored_logs'
import { emptyDatabase } from '#tests/support/database'

/** Set PROPERTY_SEEDS to try more, PROPERTY_FROM to repeat one. */
const SEEDS = Number(process.env.PROPERTY_SEEDS ?? 200)
const FIRST_SEED = Number(process.env.PROPERTY_FROM ?? 1)

/** Set KILL_ROUNDS to be killed more often. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 4)

/** One seed in so many is a life with liars alone. */
const ALONE_EVERY = 4

type Kind = keyof typeof behaviours

const KINDS = Object.keys(behaviours) as Kind[]

const LIARS = KINDS.filter((kind) => !['failing', 'throttling'].includes(kind))

const seeds = Array.from({ length: SEEDS }, (_, at) => FIRST_SEED + at)
const besideGood = seeds.filter((seed) => seed % ALONE_EVERY > 0)
const alone = seeds.filter((seed) => seed % ALONE_EVERY === 0)

/** A kind for each life and another one for every third, the kinds in turn. */
function badOnes(life: number, kinds: readonly Kind[]): Kind[] {
  const first = kinds[life % kinds.length]!
  const second = kinds[Math.floor(life / kinds.length) % kinds.length]!
  return life % 3 === 0 ? [first, second] : [first]
}

/** Which life beside good ones that of a seed is, so that every kind has its turn among these. */
function lifeBesideGood(seed: number) {
  return seed - Math.floor(seed / ALONE_EVERY)
}

/** How many follow it tells the chain from a fork: beside one there are two good ones. */
function withGoodOnes(bad: readonly Kind[]): (Kind | 'good')[] {
  return bad.includes('forked') ? ['forked', 'good', 'good'] : [...bad, 'good']
}

/**
 * Kinds after which what is not final yet may differ until an audit, which there is none of before, or
 * until the next block, which shows that a fork goes on without the others.
 */
const UNTIL_AUDITED: readonly Kind[] = [
  'forked',
  'blind',
  'dumb',
  'partial',
  'inventing',
  'fabricating',
  'forging',
  'veiling',
]

/** Good endpoints fail now and then, too, and lag. */
function spoilGoodOnes(life: Life, kinds: readonly (Kind | 'good')[]) {
  const { endpoints, random } = life
  for (const [at, kind] of kinds.entries()) {
    if (kind !== 'good') {
      life.change(at, behaviours[kind])
    } else {
      if (random.chance(0.5)) life.change(at, behaviours.failing)
      endpoints[at]!.lag = () => (random.chance(0.2) ? random.between(1, 3) : 0)
    }
  }
}

test.group('Reading a chain through endpoints that fail and lie', (group) => {
  group.tap((one) => one.tags(['@drawn']))
  group.each.timeout(300_000 + SEEDS * 10_000)

  test(`beside one that does not lie, what is stored in the end is the chain (${besideGood.length} seeds)`, async ({
    assert,
  }) => {
    for (const seed of besideGood) {
      await emptyDatabase()
      const kinds = withGoodOnes(badOnes(lifeBesideGood(seed), KINDS))
      const life = new Life(seed, kinds.length)
      const which = `PROPERTY_FROM=${seed}: ${life.confirm}, ${kinds.join(' and ')}`
      spoilGoodOnes(life, kinds)

      for (let round = 0; round < 6; round++) {
        await life.round()
      }
      // A quota has its end as well: until then an audit says of blocks that it could not check them.
      for (const [at, kind] of kinds.entries()) {
        if (kind === 'good' || kind === 'throttling') life.heal(at)
      }
      assert.isTrue(await life.settle(), `${which}: it is never read to the end`)

      const { finalized } = life.chain
      const openLogs = life.everyLog().filter(({ blockNumber }) => blockNumber > finalized.number)
      const open = new Set(placesOf(openLogs))
      const isOpen = (place: string) => open.has(place)
      const stored = await storedPlaces()
      const truth = placesOf(life.chain.logsTo(life.end))
      const isCompared = (place: string) =>
        !kinds.some((kind) => (UNTIL_AUDITED as readonly string[]).includes(kind)) || !isOpen(place)
      assert.deepEqual(stored.filter(isCompared), truth.filter(isCompared), which)
      const isToldOf = (trade: string) => isCompared(trade.split(' ')[0]!)
      const trades = await storedTrades()
      const told = tradesIn(life.chain.logsTo(life.end))
      assert.deepEqual(trades.filter(isToldOf), told.filter(isToldOf), which)
    }
  })

  test(`through liars alone nothing is invented or destroyed, and health tells what is missing (${alone.length} seeds)`, async ({
    assert,
  }) => {
    for (const seed of alone) {
      await emptyDatabase()
      const kinds = badOnes(seed / ALONE_EVERY, LIARS)
      const life = new Life(seed, kinds.length)
      const which = `PROPERTY_FROM=${seed}: ${life.confirm}, ${kinds.join(' and ')}`
      await life.read()
      const before = await storedPlaces()
      for (const [at, kind] of kinds.entries()) {
        life.change(at, behaviours[kind])
      }

      for (let round = 0; round < 3; round++) {
        await life.round()
        await life.maintain()
      }
      for (let seconds = 0; seconds < 120; seconds += 30) {
        life.passSeconds(30)
        await life.read()
        await life.maintain()
      }

      const stored = new Set(await storedPlaces())
      const truth = new Set(placesOf(life.chain.logsTo(life.end)))
      const lost = before.filter((place) => truth.has(place) && !stored.has(place))
      assert.isEmpty(lost, `${which}: destroyed`)
      const invented = stored.difference(new Set(placesOf(life.everyLog())))
      // Two are held against each other in some blocks only, and here neither of them proves the others.
      const isProvable = kinds.length === 1 || !kinds.includes('fabricating')
      assert.isEmpty(isProvable ? invented : [], `${which}: invented`)

      if (invented.size > 0 || !truth.isSubsetOf(stored)) {
        const { findings, trusted } = await life.health()
        // Which of two forks is the chain is not told by the only endpoint: health says that it is one.
        const isSaid = findings.length > 0 || (kinds.includes('forked') && trusted === 1)
        assert.isTrue(isSaid, `${which}: health says nothing`)
      }
    }
  })

  test(`killed at any call, through reorgs of every depth and stops of any length, no phantom stands before any audit (${KILL_ROUNDS} rounds)`, async ({
    assert,
  }) => {
    await emptyDatabase()
    const life = new Life(FIRST_SEED, 1, 'latest')
    const { chain, random } = life
    life.mine(DEEPEST_REORG)
    await life.read()

    for (let round = 1; round <= KILL_ROUNDS; round++) {
      life.mine(random.between(0, 2 * DEEPEST_REORG))
      chain.reorg(1 + Math.floor(((round - 1) % 16) * (DEEPEST_REORG / 16)) + random.between(0, 3))
      await life.readUntilKilled(random.between(1, 200))
      chain.reorg(random.between(1, DEEPEST_REORG))
      assert.isTrue(await life.read(), `round ${round}: it is not read to the end`)

      const truth = placesOf(chain.logsTo(life.end))
      assert.deepEqual(await storedPlaces(), truth, `round ${round}`)
    }
  })
})
