import { test } from '@japa/runner'
import { followClock, systemClock } from '#foundation/clock'

const HOUR_MS = 3_600_000
const machineTime = Date.now

test.group('The clock of the system', (group) => {
  group.each.teardown(() => {
    Date.now = machineTime
    followClock(Date.now(), systemClock.elapsed())
  })

  test('goes by the one that it follows, however far the machine is off or is set', ({
    assert,
  }) => {
    const time = 1_790_000_000_000
    const at = systemClock.elapsed()
    Date.now = () => time + HOUR_MS

    const aheadMs = followClock(time, at)
    const passed = () => systemClock.elapsed() - at
    assert.isAtMost(Math.abs(aheadMs - HOUR_MS), passed())
    assert.isAtMost(systemClock.now() - time, passed())
    Date.now = () => time - HOUR_MS
    assert.isAtMost(systemClock.now() - time, passed())
  })

  test('stays its own where the difference is no more than a slow answer explains', ({
    assert,
  }) => {
    const time = 1_790_000_000_000
    Date.now = () => time

    followClock(time - 400, systemClock.elapsed(), 450)
    assert.equal(systemClock.now(), time)
    followClock(time - HOUR_MS, systemClock.elapsed(), 450)
    assert.isBelow(systemClock.now(), time)
  })
})
