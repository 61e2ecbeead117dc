import { test } from '@japa/runner'
import { behaviours } from '#tests/support/chain/behaviours'
import { Life } from '#tests/support/chain/life'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { emptyDatabase } from '#tests/support/database'

/** Set PROPERTY_SEEDS to try more, PROPERTY_FROM to repeat one. */
const SEEDS = Number(process.env.PROPERTY_SEEDS ?? 200)
const FIRST_SEED = Number(process.env.PROPERTY_FROM ?? 1)

/** One seed in so many is a life with liars alone. */
const ALONE_EVERY = 4

type Kind = keyof typeof behaviours

const KINDS = Object.keys(behaviours) as Kind[]

/** A fork that is all that is shown is what the chain is, as far as anyone can tell. */
const LIARS = KINDS.filter((kind) => !['failing', 'throttling', 'forked'].includes(kind))

const seeds = Array.from({ length: SEEDS }, (_, at) => FIRST_SEED + at)
const besideGood = seeds.filter((seed) => seed % ALONE_EVERY > 0)
const alone = seeds.filter((seed) => seed % ALONE_EVERY === 0)

/** A kind for each seed and another one for every third, the kinds in turn. */
function badOnes(seed: number, kinds: readonly Kind[]): Kind[] {
  const first = kinds[seed % kinds.length]!
  const second = kinds[Math.floor(seed / kinds.length) % kinds.length]!
  return seed % 3 === 0 ? [first, second] : [first]
}

/** These show too few logs: two of them agree, and outvote a good one. */
const HIDING: readonly Kind[] = ['blind', 'dumb', 'forgetful', 'partial']

/** How many follow it tells the chain from a fork: beside one there are two good ones. */
function withGoodOnes(bad: readonly Kind[]): (Kind | 'good')[] {
  if (bad.includes('forked')) return ['forked', 'good', 'good']
  return bad.every((kind) => HIDING.includes(kind)) ? [bad[0]!, 'good'] : [...bad, 'good']
}

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
  group.each.timeout(300_000 + SEEDS * 10_000)

  test(`beside one that does not lie, what is stored in the end is the chain (${besideGood.length} seeds)`, async ({
    assert,
  }) => {
    for (const seed of besideGood) {
      await emptyDatabase()
      const kinds = withGoodOnes(badOnes(seed, KINDS))
      const life = new Life(seed, kinds.length)
      const which = `PROPERTY_FROM=${seed}: ${life.confirm}, ${kinds.join(' and ')}`
      spoilGoodOnes(life, kinds)

      for (let round = 0; round < 6; round++) {
        await life.round()
      }
      for (const [at, kind] of kinds.entries()) {
        if (kind === 'good') life.heal(at)
      }
      assert.isTrue(await life.settle(), `${which}: it is never read to the end`)

      // What is not final yet has not been audited.
      const { blocks, finalized } = life.chain
      const isOpen = (place: string) =>
        blocks.slice(finalized.number + 1).some(({ hash }) => place.startsWith(hash))
      const stored = await storedPlaces()
      const truth = placesOf(life.chain.logsTo(finalized.number))
      assert.deepEqual(
        stored.filter((place) => !isOpen(place)),
        truth,
        which
      )
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
      }

      const stored = new Set(await storedPlaces())
      const truth = new Set(placesOf(life.chain.logsTo(life.end)))
      const ever = new Set(placesOf([...life.chain.known.values()].flatMap(({ logs }) => logs)))
      const lost = before.filter((place) => truth.has(place) && !stored.has(place))
      assert.isEmpty(lost, `${which}: destroyed`)

      const invented = [...stored].filter((place) => !ever.has(place))
      if (!kinds.includes('inventing')) {
        assert.isEmpty(invented, `${which}: invented`)
      }
      if (invented.length > 0 || !truth.isSubsetOf(stored)) {
        assert.isNotEmpty(await life.findings(), `${which}: health says nothing`)
      }
    }
  })
})
