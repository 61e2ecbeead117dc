import { Logger } from '@adonisjs/core/logger'
import { test } from '@japa/runner'
import { outlastFaults } from '#foundation/db/outlast_faults'
import { SettableClock } from '#tests/support/settable_clock'

const fault = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
const options = { clock: new SettableClock(), logger: new Logger({ enabled: false }) }

test.group('Outlasting faults of the database', () => {
  test('work begins again when the database was locked', async ({ assert }) => {
    let runs = 0

    await outlastFaults(
      async () => {
        if (++runs < 3) throw fault()
      },
      options,
      new AbortController().signal
    )

    assert.equal(runs, 3)
  })

  test('any other error ends the work', async ({ assert }) => {
    const work = async () => {
      throw new Error('a mistake of ours')
    }

    await assert.rejects(
      () => outlastFaults(work, options, new AbortController().signal),
      'a mistake of ours'
    )
  })

  test('after a stop it is not begun again', async ({ assert }) => {
    let runs = 0
    const stopping = new AbortController()

    await outlastFaults(
      async () => {
        runs++
        stopping.abort()
        throw fault()
      },
      options,
      stopping.signal
    )

    assert.equal(runs, 1)
  })
})
