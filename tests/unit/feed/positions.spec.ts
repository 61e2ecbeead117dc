import { test } from '@japa/runner'
import { decodePageCursor, encodePageCursor } from '#feed/page_cursor'
import { formatPosition, parsePosition } from '#feed/stream_position'

test.group('Positions', () => {
  test('a stream position survives the journey to a reader and back', ({ assert }) => {
    const position = { launch: 12, trade: 3456 }

    assert.deepEqual(parsePosition(formatPosition(position)), position)
  })

  test('"{$self}" is no stream position')
    .with(['', '12', 'l1', 'l1.t', 't1.l1', 'l1.t2x', 'l-1.t2'])
    .run(({ assert }, text) => {
      assert.isNull(parsePosition(text))
    })

  test('a page cursor survives the journey to a reader and back', ({ assert }) => {
    assert.equal(decodePageCursor(encodePageCursor(987)), 987)
  })

  test('"{$self}" is no page cursor')
    .with(['', '987', 'MTIz', 'YmVmb3JlOg'])
    .run(({ assert }, text) => {
      assert.isNull(decodePageCursor(text))
    })
})
