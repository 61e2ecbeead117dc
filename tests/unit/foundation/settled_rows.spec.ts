import { test } from '@japa/runner'
import { settledRows } from '#foundation/db/settled_rows'

const NOW = 1_780_000_000_000
const rows = (...ids: number[]) => ids.map((id) => ({ id, created_at: NOW - 50 }))

test.group('Settled rows', () => {
  test('rows without a hole between them are settled', ({ assert }) => {
    assert.lengthOf(settledRows(rows(8, 9, 10), 7, NOW), 3)
  })

  test('rows behind a fresh hole wait for it to be filled', ({ assert }) => {
    assert.deepEqual(
      settledRows(rows(8, 10, 11), 7, NOW).map(({ id }) => id),
      [8]
    )
    assert.lengthOf(settledRows(rows(9), 7, NOW), 0)
  })

  test('a hole that stays open holds nothing up', ({ assert }) => {
    assert.lengthOf(settledRows(rows(9, 10), 7, NOW + 1000), 2)
  })
})
