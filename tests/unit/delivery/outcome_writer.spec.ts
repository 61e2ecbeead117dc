import { test } from '@japa/runner'
import { because } from '#models/reasons'
import type { Outcome } from '#delivery/outcomes/outcome'
import { OutcomeWriter } from '#delivery/outcomes/outcome_writer'

const impatient = { now: () => 0, elapsed: () => 0, sleep: async () => {} }

const outcome = (id: number) => ({ job: { id } }) as Outcome
const refused = () => Object.assign(new Error('out of range'), { code: '22003' })
const ids = (outcomes: readonly Outcome[]) => outcomes.map(({ job }) => job.id)

const failOn = (_: unknown, error: Error) => {
  throw error
}
const neverRefused = { outcomeRefused: failOn, outcomeGivenUp: failOn }
const asleep = { notify: () => {} }

/** A writer whose database refuses what `isRefused` says, and what came of it. */
function writerThatIsRefused(isRefused: (outcome: Outcome) => boolean) {
  const stored: number[] = []
  const kept: number[] = []
  const givenUp: number[] = []
  const faults: string[] = []
  const writer = new OutcomeWriter({
    store: async (outcomes) => {
      if (outcomes.some(isRefused)) throw refused()
      stored.push(...ids(outcomes))
    },
    log: {
      fault: (error) => faults.push(error.message),
      outcomeRefused: (id) => kept.push(id),
      outcomeGivenUp: (id) => givenUp.push(id),
    },
    wakeUp: asleep,
    clock: impatient,
  })
  return { writer, stored, kept, givenUp, faults }
}

test.group('Outcome writer', () => {
  test('outcomes that come together are stored together', async ({ assert }) => {
    const stored: number[][] = []
    const writer = new OutcomeWriter({
      store: async (outcomes) => void stored.push(ids(outcomes)),
      log: { fault: (error) => assert.fail(error.message), ...neverRefused },
      wakeUp: asleep,
      clock: impatient,
    })

    writer.add([outcome(1)])
    writer.add([outcome(2), outcome(3)])
    await writer.drain()

    assert.deepEqual(stored, [[1, 2, 3]])
  })

  test('what is written again after a fault may be stored already, what comes after it is not', async ({
    assert,
  }) => {
    const tries: [number[], boolean][] = []
    const writer = new OutcomeWriter({
      store: async (outcomes, mayBeStored) => {
        tries.push([ids(outcomes), mayBeStored])
        if (tries.length === 1) throw new Error('the session was lost')
      },
      log: { fault: () => {}, ...neverRefused },
      wakeUp: asleep,
      clock: impatient,
    })

    writer.add([outcome(1)])
    await writer.drain()
    writer.add([outcome(2)])
    await writer.drain()

    assert.deepEqual(tries, [
      [[1], false],
      [[1], true],
      [[2], false],
    ])
  })

  test('they gather while more is on its way, and wait for nothing else', async ({ assert }) => {
    const stored: number[][] = []
    let clock = 0
    let onTheirWay: number[] = []
    const writer: OutcomeWriter = new OutcomeWriter({
      store: async (outcomes) => {
        stored.push(ids(outcomes))
        // Writing takes so long that more should be written at once.
        clock += 1000
      },
      log: { fault: (error) => assert.fail(error.message), ...neverRefused },
      wakeUp: asleep,
      clock: {
        now: () => clock,
        elapsed: () => clock,
        sleep: async () => {
          await null
          writer.add(onTheirWay.splice(0, 1).map(outcome))
          writer.expected = onTheirWay.length
        },
      },
    })

    writer.add([outcome(1)])
    await writer.drain()
    onTheirWay = [3, 4, 5]
    writer.add([outcome(2)])
    await writer.drain()

    assert.deepEqual(stored, [[1], [2, 3, 4, 5]])
  })

  test('outcomes are kept and tried again while the database cannot be written', async ({
    assert,
  }) => {
    const stored: number[][] = []
    const faults: string[] = []
    const writer = new OutcomeWriter({
      store: async (outcomes) => {
        if (faults.length < 3) {
          throw new Error('database or disk is full')
        }
        stored.push(ids(outcomes))
      },
      log: { fault: (error) => faults.push(error.message), ...neverRefused },
      wakeUp: asleep,
      clock: impatient,
    })

    writer.add([outcome(1)])
    await writer.drain()
    writer.add([outcome(2)])
    await writer.drain()

    assert.lengthOf(faults, 3)
    assert.deepEqual(stored, [[1], [2]])
  })

  test('a sender that held back until the last moment is woken when there is room again', async ({
    assert,
  }) => {
    const told: { isBehind: boolean }[] = []
    const writer: OutcomeWriter = new OutcomeWriter({
      store: async () => {
        // What ends between the commit and the next step of the writer.
        queueMicrotask(() => told.length === 0 && writer.add([outcome(0)]))
      },
      log: { fault: (error) => assert.fail(error.message), ...neverRefused },
      wakeUp: { notify: () => told.push({ isBehind: writer.isBehind }) },
      clock: impatient,
    })

    writer.add(Array.from({ length: 2000 }, (_, id) => outcome(id)))
    await writer.drain()
    assert.deepEqual(told, [{ isBehind: false }])
  })

  test('one outcome that the database refuses holds up no other and is told of', async ({
    assert,
  }) => {
    const { writer, stored, kept, givenUp } = writerThatIsRefused(({ job }) => job.id === 7)

    writer.add(Array.from({ length: 20 }, (_, id) => outcome(id)))
    await writer.drain()

    assert.sameMembers(
      stored,
      [...Array(20).keys()].filter((id) => id !== 7)
    )
    assert.deepEqual(kept, [7, 7])
    assert.deepEqual(givenUp, [7])
  })

  test('a refusal that passes loses nothing', async ({ assert }) => {
    let refusals = 1
    const { writer, stored, givenUp } = writerThatIsRefused(() => refusals-- > 0)

    writer.add([outcome(1)])
    await writer.drain()

    assert.deepEqual(stored, [1])
    assert.isEmpty(givenUp)
  })

  test('at last an outcome is stored without the texts and numbers of its attempt', async ({
    assert,
  }) => {
    const attempt = { startedAt: 1, durationMs: 3e9, httpStatus: 500 }
    const { writer, stored } = writerThatIsRefused(({ attempt: a }) => (a?.durationMs ?? 0) > 2e9)

    writer.add([{ ...outcome(1), ...because('status', 'a text'), attempt } as Outcome])
    await writer.drain()

    assert.deepEqual(stored, [1])
  })

  test('a database that refuses everything is waited for, and nothing is given up', async ({
    assert,
  }) => {
    let refusals = 60
    const { writer, stored, faults, givenUp } = writerThatIsRefused(() => refusals-- > 0)

    writer.add(Array.from({ length: 40 }, (_, id) => outcome(id)))
    await writer.drain()

    assert.sameMembers(stored, [...Array(40).keys()])
    assert.isNotEmpty(faults)
    assert.isEmpty(givenUp)
  })
})
