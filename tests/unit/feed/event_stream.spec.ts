import { test } from '@japa/runner'
import { EventStream } from '#feed/event_stream'

async function textOf(stream: EventStream) {
  const parts = await stream.toArray()
  return parts.join('')
}

test.group('Event stream', () => {
  test('writes every line of the data under its own field', async ({ assert }) => {
    const stream = new EventStream(() => undefined)
    stream.send({ id: 'l1.t2', event: 'launch', data: '<p>\r\nid: forged\n</p>' })
    stream.end()

    assert.include(
      await textOf(stream),
      'id: l1.t2\nevent: launch\ndata: <p>\ndata: id: forged\ndata: </p>\n\n'
    )
  })

  test('a quiet stream keeps telling where its reader is', async ({ assert }) => {
    const stream = new EventStream(() => 'l7.t9', { heartbeatMs: 1 })

    for await (const text of stream) {
      if (!String(text).includes('id: l7.t9')) continue
      assert.include(String(text), ': heartbeat\nid: l7.t9\n\n')
      break
    }
    assert.isTrue(stream.destroyed)
  })

  test('for the script of a page, which is told of events alone, a heartbeat is one', async ({
    assert,
  }) => {
    const stream = new EventStream(() => 'l7.t9', { heartbeatMs: 1, isHeard: true })

    for await (const text of stream) {
      if (!String(text).includes('id: l7.t9')) continue
      assert.include(String(text), 'id: l7.t9\nevent: beat\ndata: beat\n\n')
      break
    }
  })

  test('a reader that falls behind is dropped', async ({ assert }) => {
    const stream = new EventStream(() => undefined)
    const dropped = new Promise<Error>((resolve) => stream.once('error', resolve))

    for (let count = 0; count < 11; count++) stream.send({ data: 'x'.repeat(100_000) })

    const error = await dropped
    assert.equal(error.message, 'The reader of an event stream fell behind')
    assert.isTrue(stream.destroyed)
  })

  test('nothing is sent after the end', async ({ assert }) => {
    const stream = new EventStream(() => undefined)
    stream.end()
    stream.send({ data: 'late' })

    assert.notInclude(await textOf(stream), 'late')
  })

  test('the more readers there are, the less each may leave unread', ({ assert, cleanup }) => {
    const streams = Array.from({ length: 2000 }, () => new EventStream(() => undefined))
    cleanup(() => streams.forEach((stream) => stream.destroy()))
    const [slow] = streams
    slow!.on('error', () => {})

    slow!.send({ data: 'x'.repeat(20_000) })
    assert.isFalse(slow!.destroyed)
    slow!.send({ data: 'x'.repeat(20_000) })
    assert.isTrue(slow!.destroyed)
  })
})
