import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { idBounds } from '#foundation/db/id_bounds'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'

const T0 = 1_780_000_000_000
const HOUR_MS = 3_600_000

test.group('Where the rows of a time span lie', (group) => {
  group.each.setup(() => emptyDatabase())

  const bounds = (since?: number, until?: number) =>
    idBounds(db.connection(), 'launch_events', { since, until })

  test('begins at the first row that retention has left', async ({ assert }) => {
    const first = await storeLaunch({ created_at: T0 })
    const last = await storeLaunch({ created_at: T0 + HOUR_MS })

    assert.deepEqual(await bounds(0), { after: first - 1, through: last })
    assert.deepEqual(await bounds(), { after: first - 1, through: last })
  })

  test('holds every row of the span', async ({ assert }) => {
    await storeLaunch({ created_at: T0 })
    const inside = await storeLaunch({ created_at: T0 + 10 * HOUR_MS })
    await storeLaunch({ created_at: T0 + 20 * HOUR_MS })

    const { after, through } = await bounds(T0 + 9 * HOUR_MS, T0 + 11 * HOUR_MS)
    assert.deepEqual({ after, through }, { after: inside - 1, through: inside })
  })

  test('is empty for a table without rows, and before the first row', async ({ assert }) => {
    assert.deepEqual(await bounds(0), { after: 0, through: 0 })
    await storeLaunch({ created_at: T0 })
    const { after, through } = await bounds(0, T0 - HOUR_MS)
    assert.equal(after, through)
  })
})
