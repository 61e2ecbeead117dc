import { test } from '@japa/runner'
import { because } from '#models/reasons'
import type { Target } from '#delivery/channel'
import { FailureWatch } from '#delivery/outcomes/failing_targets'
import { SettableClock } from '#tests/support/settable_clock'

const DAY = 86_400_000

/** A watch over one target that is looked at after every attempt. */
function setUp() {
  const clock = new SettableClock()
  const start = clock.now()
  const watch = new FailureWatch(4 * DAY)
  let target = { id: 1, failingSince: null } as Target

  const look = () => {
    for (const { failingSince } of watch.changes([target])) {
      target = { ...target, failingSince }
    }
    return watch.findings([target]).map(({ isOver }) => (isOver ? 'over' : 'warning'))
  }
  const fail = () => {
    watch.note(1, because('status', '500'), clock.now())
    return look()
  }
  const accept = () => {
    watch.note(1, null, clock.now())
    return look()
  }
  const since = () => target.failingSince
  return { clock, start, watch, look, fail, accept, since }
}

test.group('Failure watch', () => {
  test('the failing time begins with the first failure and ends with any success', ({ assert }) => {
    const { clock, start, fail, accept, since } = setUp()
    fail()
    assert.equal(since(), start)
    clock.pass(DAY)
    fail()
    assert.equal(since(), start)

    accept()
    assert.isNull(since())
    fail()
    assert.equal(since(), start + DAY)
  })

  test('it warns once at half of the time, and the time is over at its end', ({ assert }) => {
    const { clock, fail } = setUp()
    fail()
    clock.pass(2 * DAY - 1)
    assert.deepEqual(fail(), [])
    clock.pass(1)
    assert.deepEqual(fail(), ['warning'])
    clock.pass(2 * DAY - 1)
    assert.deepEqual(fail(), [])
    clock.pass(1)
    assert.deepEqual(fail(), ['over'])
  })

  test('one success among failures begins the time anew', ({ assert }) => {
    const { clock, watch, look, fail, since } = setUp()
    fail()
    clock.pass(5 * DAY)
    watch.note(1, because('status', '500'), clock.now())
    watch.note(1, null, clock.now())
    watch.note(1, because('status', '500'), clock.now() + 1)

    assert.deepEqual(look(), [])
    assert.equal(since(), clock.now() + 1)
  })

  test('time without an attempt judges no target', ({ assert }) => {
    const { clock, look, fail } = setUp()
    fail()
    clock.pass(9 * DAY)
    assert.deepEqual(look(), [])
    assert.deepEqual(fail(), ['over'])
  })
})
