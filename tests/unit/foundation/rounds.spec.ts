import { test } from '@japa/runner'
import { every } from '#foundation/every'
import { gotAhead, inRound, Rounds } from '#foundation/rounds'
import { SettableClock } from '#tests/support/settable_clock'

test.group('Rounds of a process', () => {
  /** Work that is under way until it is told to end. */
  function underWay() {
    const end = Promise.withResolvers<void>()
    return { end, work: () => end.promise }
  }

  test('tell since when one of them has not got ahead, whatever the others do', async ({
    assert,
  }) => {
    const clock = new SettableClock(1_000)
    const rounds = new Rounds(clock)
    const { end, work } = underWay()

    await rounds.follow(async () => {
      const hanging = inRound(work)
      clock.pass(60_000)
      await inRound(async () => {})
      assert.deepEqual(rounds.progress, {
        worksOn: null,
        steps: 1,
        progressAt: 61_000,
        waitingSince: 1_000,
      })

      end.resolve()
      await hanging
    })
    assert.isNull(rounds.progress.waitingSince)
  })

  test('get ahead within, and take those around them along', async ({ assert }) => {
    const clock = new SettableClock(1_000)
    const rounds = new Rounds(clock)

    await rounds.follow(() =>
      inRound(async () => {
        clock.pass(5_000)
        await inRound(async () => gotAhead('block 7 of chain 56'))
        assert.equal(rounds.progress.waitingSince, 6_000)
      })
    )
    assert.equal(rounds.progress.worksOn, 'block 7 of chain 56')
  })

  test('end when they fail, and rest between two times of what is repeated', async ({ assert }) => {
    const clock = new SettableClock(1_000)
    const rounds = new Rounds(clock)
    const over = new AbortController()
    const sleep = async () => {
      assert.isNull(rounds.progress.waitingSince)
      over.abort()
    }
    const resting = { now: () => clock.now(), elapsed: () => clock.elapsed(), sleep }
    const work = () => {
      assert.equal(rounds.progress.waitingSince, 1_000)
      return Promise.reject(new Error('away'))
    }
    const repeating = { clock: resting, signal: over.signal, onError: () => {} }

    await rounds.follow(() => every(500, work, repeating))
    assert.equal(rounds.progress.steps, 1)
  })

  test('are those of a process that is watched: elsewhere work is just done', async ({
    assert,
  }) => {
    gotAhead('nothing')
    assert.equal(await inRound(async () => 7), 7)
  })
})
