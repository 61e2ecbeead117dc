import { test } from '@japa/runner'
import type { Outcome } from '#delivery/outcomes/outcome'
import { OutcomeWriter } from '#delivery/outcomes/outcome_writer'

const impatient = { now: () => 0, sleep: async () => {} }

const outcome = (id: number) => ({ job: { id } }) as Outcome
const ids = (outcomes: readonly Outcome[]) => outcomes.map(({ job }) => job.id)

test.group('Outcome writer', () => {
  test('outcomes that come together are stored together', async ({ assert }) => {
    const stored: number[][] = []
    const writer = new OutcomeWriter(
      {
        store: async (outcomes) => void stored.push(ids(outcomes)),
        onStored: () => {},
        expectsMore: () => false,
        onFault: (error) => assert.fail(error.message),
      },
      impatient
    )

    writer.add([outcome(1)])
    writer.add([outcome(2), outcome(3)])
    await writer.drain()

    assert.deepEqual(stored, [[1, 2, 3]])
  })

  test('they gather while more is on its way, and wait for nothing else', async ({ assert }) => {
    const stored: number[][] = []
    let clock = 0
    let onTheirWay: number[] = []
    const writer: OutcomeWriter = new OutcomeWriter(
      {
        store: async (outcomes) => {
          stored.push(ids(outcomes))
          // Writing takes so long that more should be written at once.
          clock += 1000
        },
        onStored: () => {},
        expectsMore: () => onTheirWay.length > 0,
        onFault: (error) => assert.fail(error.message),
      },
      {
        now: () => clock,
        sleep: async () => {
          await null
          writer.add(onTheirWay.splice(0, 1).map(outcome))
        },
      }
    )

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
    const writer = new OutcomeWriter(
      {
        store: async (outcomes) => {
          if (faults.length < 3) {
            throw new Error('database or disk is full')
          }
          stored.push(ids(outcomes))
        },
        onStored: () => {},
        expectsMore: () => false,
        onFault: (error) => faults.push(error.message),
      },
      impatient
    )

    writer.add([outcome(1)])
    await writer.drain()
    writer.add([outcome(2)])
    await writer.drain()

    assert.lengthOf(faults, 3)
    assert.deepEqual(stored, [[1], [2]])
  })

  test('whoever held back until the last moment is told when there is room again', async ({
    assert,
  }) => {
    const told: { wasBehind: boolean; isBehind: boolean }[] = []
    const writer: OutcomeWriter = new OutcomeWriter(
      {
        store: async () => {
          // What ends between the commit and the next step of the writer.
          queueMicrotask(() => told.length === 0 && writer.add([outcome(0)]))
        },
        onStored: (_, wasBehind) => told.push({ wasBehind, isBehind: writer.isBehind }),
        expectsMore: () => false,
        onFault: (error) => assert.fail(error.message),
      },
      impatient
    )

    writer.add(Array.from({ length: 2000 }, (_, id) => outcome(id)))
    await writer.drain()
    assert.deepEqual(told[0], { wasBehind: true, isBehind: false })
    assert.deepEqual(told.at(-1), { wasBehind: false, isBehind: false })
  })
})
