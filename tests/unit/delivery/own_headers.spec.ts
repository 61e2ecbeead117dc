import { test } from '@japa/runner'
import { Refusal } from '#foundation/errors'
import { ownHeaders } from '#webhooks/sending/own_headers'

test.group('Headers of an endpoint', () => {
  test('names are sent in lower case, values as they are', ({ assert }) => {
    assert.deepEqual(ownHeaders(null), {})
    assert.deepEqual(ownHeaders({ 'X-Api-Key': 's3cret Ü', 'authorization': 'Bearer x' }), {
      'x-api-key': 's3cret Ü',
      'authorization': 'Bearer x',
    })
  })

  test('what is ours or belongs to HTTP is refused: {$self}')
    .with([
      ...['Host', 'content-length', 'Content-Type', 'connection', 'Transfer-Encoding'],
      ...['User-Agent', 'webhook-id', 'Webhook-Signature', 'webhook-anything', 'expect'],
    ])
    .run(({ assert }, name) => {
      assert.throws(() => ownHeaders({ [name]: 'x' }), Refusal as never)
      assert.throws(() => ownHeaders({ [name]: 'x' }), /is set by Regou/)
    })

  test('a name or value that would break the request is refused, and the value is not told', ({
    assert,
  }) => {
    for (const name of ['', 'x y', 'x:', 'x\r\ny', '名']) {
      assert.throws(() => ownHeaders({ [name]: 'x' }), /is not a header name/)
    }
    for (const value of ['a\r\nx: b', 'a\nb', 'a\rb', 'a\0', '值', 1 as never]) {
      assert.throws(() => ownHeaders({ 'x-key': value }), /^The header x-key must be one line/)
    }
  })
})
