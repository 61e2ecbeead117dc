import { test } from '@japa/runner'
import { keepSession } from '#middleware/member_session'
import User from '#models/user'

const DAY = 86_400_000

test.group('Sessions', () => {
  test('one that is used lives on, and a copy of its cookie ends seven days later', ({
    assert,
  }) => {
    const user = new User().merge({ sessionVersion: 1 })
    const begun = sealed({ session_version: 1, seen_at: 0 })
    const copy = sealed({ session_version: 1, seen_at: 0 })

    for (const day of [6, 12, 18]) {
      assert.isTrue(keepSession(begun, user, { now: () => day * DAY }))
    }
    assert.isFalse(keepSession(copy, user, { now: () => 7 * DAY }))
    assert.isFalse(keepSession(begun, user, { now: () => 25 * DAY }))
  })

  test('one of before its owner signed out everywhere, or without a time, has ended', ({
    assert,
  }) => {
    const user = new User().merge({ sessionVersion: 2 })
    const clock = { now: () => DAY }

    assert.isFalse(keepSession(sealed({ session_version: 1, seen_at: DAY }), user, clock))
    assert.isFalse(keepSession(sealed({ session_version: 2 }), user, clock))
  })
})

/** What a cookie holds. */
function sealed(values: Record<string, unknown>) {
  return {
    get: (key: string, absent?: unknown) => values[key] ?? absent,
    put: (key: string, value: unknown) => void (values[key] = value),
  }
}
