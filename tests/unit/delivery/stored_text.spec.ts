import { test } from '@japa/runner'
import { storable } from '#foundation/text/whole_text'

test.group('Stored text', () => {
  test('neither NUL nor half an emoji reaches the database', ({ assert }) => {
    assert.equal(storable('a\0b', 10), 'a\uFFFDb')
    assert.equal(storable('ab🚀', 3), 'ab\uFFFD')
  })
})
