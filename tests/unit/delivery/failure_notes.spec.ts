import { test } from '@japa/runner'
import { because } from '#models/reasons'
import type { Failure } from '#models/reasons'
import { DeliveryLog, FailureNotes } from '#delivery/delivery_log'
import type { Outcome } from '#delivery/outcomes/outcome'
import { loggedLines } from '#tests/support/logged_lines'

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

test.group('The log of deliveries', () => {
  const outcome = (status: Outcome['status'], changes: Partial<Outcome> = {}) =>
    ({
      job: { attempts: 1, eventType: 'launch.created', eventId: 'evt_1', expiresAt: null },
      status,
      nextAttemptAt: null,
      reason: null,
      detail: null,
      attempt: { durationMs: 12 },
      ...changes,
    }) as Outcome

  test('what will not arrive has a line for each event, however many there are', ({ assert }) => {
    const { lines, logger } = loggedLines()
    const last = outcome('failed', because('reset'))

    new DeliveryLog(logger).attempted('endpoint 1', [last, last], 0)

    const line =
      'endpoint 1: launch.created evt_1 failed after 2 attempts: the connection was closed before an answer came'
    assert.deepEqual(lines, [line, line])
  })

  test('an expiry has a line, and at debug each success', ({ assert }) => {
    const { lines, logger } = loggedLines('debug')
    const log = new DeliveryLog(logger)

    log.attempted('endpoint 1', [outcome('expired', { attempt: null }), outcome('sent')], 0)

    assert.deepEqual(lines, [
      'endpoint 1: launch.created evt_1 expired after 1 attempt',
      'endpoint 1: launch.created evt_1 accepted at attempt 2, after 12 ms',
    ])
  })
})
