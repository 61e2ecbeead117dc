import { test } from '@japa/runner'
import { silenceOf } from '#chat/preferences/quiet_hours'

const night = { mutedUntil: null, quietFrom: 23 * 60, quietUntil: 7 * 60 + 30 }
const at = (time: string) => Date.parse(time)

test.group('Quiet hours', () => {
  test('go over midnight by the clock of the user', ({ assert }) => {
    const zone = 'Asia/Shanghai'

    assert.isNull(silenceOf(night, zone, at('2026-03-01T14:59:00Z')))
    const end = at('2026-03-01T23:30:00Z')
    assert.deepEqual(silenceOf(night, zone, at('2026-03-01T15:00:00Z')), {
      reason: 'quiet',
      until: end,
    })
    assert.deepEqual(silenceOf(night, zone, at('2026-03-01T23:29:59Z')), {
      reason: 'quiet',
      until: end,
    })
    assert.isNull(silenceOf(night, zone, end))
  })

  test('end at the hour of the morning, also in the nights when the clock is set: {date}')
    .with([
      {
        date: '2026-03-29',
        evening: '2026-03-28T23:10:00+01:00',
        end: '2026-03-29T07:30:00+02:00',
      },
      {
        date: '2026-10-25',
        evening: '2026-10-24T23:10:00+02:00',
        end: '2026-10-25T07:30:00+01:00',
      },
    ])
    .run(({ assert }, { evening, end }) => {
      assert.equal(silenceOf(night, 'Europe/Berlin', at(evening))?.until, at(end))
    })

  test('are none where both times are the same or one is missing', ({ assert }) => {
    const now = at('2026-03-01T00:00:00Z')

    assert.isNull(silenceOf({ ...night, quietUntil: 23 * 60 }, 'UTC', now))
    assert.isNull(silenceOf({ ...night, quietUntil: null }, 'UTC', now))
  })

  test('give way to a mute that goes on', ({ assert }) => {
    const now = at('2026-03-01T00:00:00Z')

    assert.deepEqual(silenceOf({ ...night, mutedUntil: now + 1 }, 'UTC', now), {
      reason: 'muted',
      until: now + 1,
    })
    assert.equal(silenceOf({ ...night, mutedUntil: now }, 'UTC', now)?.reason, 'quiet')
  })
})
