import { test } from '@japa/runner'
import { formatPosition, ownTypes } from '#feed/stream_position'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#tests/support/app_url'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { EventStreamReader } from '#tests/support/event_stream'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { beginAnew } from '#tests/support/new_database'

test.group('Positions of streams', (group) => {
  group.each.setup(() => beginAnew())
  group.teardown(() => emptyDatabase())

  const ask = (path: string, position: string, headers = {}) =>
    fetch(appUrl(path), { headers: { ...headers, 'last-event-id': position } })

  test('beyond the newest event of any kind are refused in so many words: {$self}')
    .with(['l999999999.t999999999', 'l1.t2', 'l2.t1'])
    .run(async ({ assert }, position) => {
      await storeLaunch()
      await storeTrade()

      const answer = await ask('/api/v1/stream', position)

      assert.equal(answer.status, 400)
      const { errors } = (await answer.json()) as { errors: { message: string }[] }
      assert.containsSubset(errors, [{ code: 'invalid_last_event_id', field: 'Last-Event-ID' }])
      assert.include(errors[0]!.message, 'this database has begun anew')
    })

  test('beyond the newest event are refused on the stream of an account as well', async ({
    assert,
  }) => {
    const headers = await authorized(['webhooks:read'])

    const position = Object.fromEntries(ownTypes(1, false).map((type) => [type, 7]))

    const answer = await ask('/api/v1/webhook/stream', formatPosition(position), headers)

    assert.equal(answer.status, 400)
    assert.include(await answer.text(), 'this database has begun anew')
  })

  test('of the newest event, and of one that was deleted since, are good', async ({
    assert,
    cleanup,
  }) => {
    await storeLaunch()
    await storeTrade()
    await db.from('trades').delete()

    const reader = await EventStreamReader.open(appUrl('/api/v1/stream'), {
      'last-event-id': 'l1.t1',
    })
    cleanup(() => reader.close())
    const trade = await storeTrade()
    const [event] = await reader.next(1)

    assert.equal(event!.id, `l1.t${trade}`)
  })

  test('beyond the newest event have a page loaded anew', async ({ assert }) => {
    const reader = await EventStreamReader.open(appUrl('/live?locale=en&since=l5.t0'))

    const events = await reader.rest()

    assert.deepEqual(
      events.filter(({ data }) => data).map(({ event }) => event),
      ['reload']
    )
  })
})
