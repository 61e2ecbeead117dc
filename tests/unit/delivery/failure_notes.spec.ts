import { test } from '@japa/runner'
import { because } from '#models/reasons'
import type { Failure } from '#models/reasons'
import { FailureNotes } from '#delivery/delivery_log'
import type { Outcome } from '#delivery/outcomes/outcome'

const NEXT = Date.parse('2026-01-01T00:05:00Z')

function failed(reason: Failure, nextAttemptAt: number | null) {
  return {
    job: { attempts: 1 },
    status: nextAttemptAt ? 'pending' : 'failed',
    nextAttemptAt,
    ...because(reason),
    attempt: {},
  } as Outcome
}

test.group('Failure notes', () => {
  test('a failure is told with its endpoint, its kind and the next attempt', ({ assert }) => {
    const note = new FailureNotes().take('endpoint 1', failed('timeout', NEXT), 0)

    assert.equal(
      note,
      'endpoint 1 timeout: there was no answer in time; attempt 3 at 2026-01-01T00:05:00.000Z'
    )
  })

  test('the last failure says that it was the last', ({ assert }) => {
    const note = new FailureNotes().take('endpoint 1', failed('reset', null), 0)
    assert.match(note!, /failed after 2 attempts$/)
  })

  test('the same failure is told once in ten seconds, then with how many there were', ({
    assert,
  }) => {
    const notes = new FailureNotes()
    notes.take('endpoint 1', failed('timeout', NEXT), 0)

    assert.isNull(notes.take('endpoint 1', failed('timeout', NEXT), 100))
    assert.isNull(notes.take('endpoint 1', failed('timeout', NEXT), 9000))
    assert.isNotNull(notes.take('endpoint 2', failed('timeout', NEXT), 100))
    assert.match(notes.take('endpoint 1', failed('timeout', NEXT), 10_000)!, /and 2 more/)
  })
})
