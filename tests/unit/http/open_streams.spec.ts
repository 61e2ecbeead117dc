import { test } from '@japa/runner'
import { OpenStreams } from '#http/open_streams'

test.group('Open event streams', () => {
  const limits = { total: 5, perAccount: 2, perAddress: 3 }

  test('are so many for an account, wherever it reads from', ({ assert }) => {
    const streams = new OpenStreams(limits)
    const end = streams.open(1, '192.0.2.1')
    assert.isNotNull(streams.open(1, '192.0.2.2'))
    assert.isNull(streams.open(1, '192.0.2.3'))
    assert.isNotNull(streams.open(2, '192.0.2.1'))

    end!()
    end!()
    assert.isNotNull(streams.open(1, null))
    assert.isNull(streams.open(1, null))
  })

  test('are so many for an address, and for all together', ({ assert }) => {
    const streams = new OpenStreams(limits)
    const open = (address: string | null) => streams.open(null, address) !== null

    assert.deepEqual(
      [1, 2, 3, 4].map(() => open('192.0.2.1')),
      [true, true, true, false]
    )
    // What a proxy of this machine hides is bounded by the sum alone.
    assert.deepEqual(
      [1, 2, 3].map(() => open(null)),
      [true, true, false]
    )
    assert.isFalse(open('192.0.2.9'))
  })
})
