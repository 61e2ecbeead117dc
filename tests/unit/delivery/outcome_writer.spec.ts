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
      async (outcomes) => void stored.push(ids(outcomes)),
      impatient,
      (error) => assert.fail(error.message)
    )

    writer.add([outcome(1)])
    writer.add([outcome(2), outcome(3)])
    await writer.drain()

    assert.deepEqual(stored, [[1, 2, 3]])
  })

  test('outcomes are kept and tried again while the database cannot be written', async ({
    assert,
  }) => {
    const stored: number[][] = []
    const faults: string[] = []
    const writer = new OutcomeWriter(
      async (outcomes) => {
        if (faults.length < 3) {
          throw new Error('database or disk is full')
        }
        stored.push(ids(outcomes))
      },
      impatient,
      (error) => faults.push(error.message)
    )

    writer.add([outcome(1)])
    await writer.drain()
    writer.add([outcome(2)])
    await writer.drain()

    assert.lengthOf(faults, 3)
    assert.deepEqual(stored, [[1], [2]])
  })
})
