import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { test } from '@japa/runner'
import { isDatabaseAway } from '#foundation/db/explain_database'

const failed = (error: object, message = 'failed') => Object.assign(new Error(message), error)

function errorOf(attempt: () => unknown): unknown {
  try {
    attempt()
  } catch (error) {
    return error
  }
  return null
}

test.group('A database that cannot be asked', () => {
  test('is one that another process keeps locked', ({ assert, cleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'regou-locked-'))
    cleanup(() => rmSync(folder, { recursive: true }))
    const [one, other] = [0, 1].map(() => new Database(join(folder, 'a.sqlite'), { timeout: 0 }))
    cleanup(() => [one, other].forEach((database) => database!.close()))
    one!.exec('begin immediate')

    assert.isTrue(isDatabaseAway(errorOf(() => other!.exec('begin immediate'))))
  })

  test('is one whose file cannot be opened or has no tables', ({ assert }) => {
    const attempts = [
      () => new Database(tmpdir()),
      () => new Database(':memory:').prepare('select * from launch_events'),
    ]
    for (const attempt of attempts) assert.isTrue(isDatabaseAway(errorOf(attempt)))
  })

  test('is a PostgreSQL that has no connection left, shuts down, starts or gives up: {$self}')
    .with(['08006', '53300', '57P01', '57P03', '57014', '55P03'])
    .run(({ assert }, code) => {
      assert.isTrue(isDatabaseAway(failed({ code })))
    })

  test('is not one that refused a row, or a mistake of ours', ({ assert }) => {
    const mistakes = [
      failed({ code: '23505' }),
      failed({ code: '42601' }),
      failed({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      new TypeError('Cannot read properties of undefined'),
      'ECONNREFUSED',
    ]
    assert.deepEqual(mistakes.filter(isDatabaseAway), [])
  })
})
