import { test } from '@japa/runner'
import { decodePageCursor, encodePageCursor } from '#http/page_cursor'
import { formatPosition, marketTypes, parsePosition } from '#feed/stream_position'

test.group('Positions', () => {
  test('a stream position survives the journey to a reader and back', ({ assert }) => {
    const position = { launch: 12, trade: 3456, payment: 7 }

    const text = formatPosition(position)

    assert.equal(text, 'l12.t3456.c7')
    assert.deepEqual(parsePosition(text, ['payment', 'launch', 'trade']), position)
  })

  test('a position of a stream that carries something else is none', ({ assert }) => {
    assert.isNull(parsePosition('l1.t2.c3', marketTypes()))
    assert.isNull(parsePosition('l1.t2', [...marketTypes(), 'payment']))
  })

  test('"{$self}" is no stream position')
    .with(['', '12', 'l1', 'l1.t', 't1.l1', 'l1.t2x', 'l-1.t2'])
    .run(({ assert }, text) => {
      assert.isNull(parsePosition(text, marketTypes()))
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
