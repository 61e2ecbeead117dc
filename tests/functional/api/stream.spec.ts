import { test } from '@japa/runner'
import { streamLimits } from '#config/limiter'
import { appUrl } from '#tests/support/app_url'
import { emptyDatabase } from '#tests/support/database'
import { EventStreamReader } from '#tests/support/event_stream'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { setWhile } from '#tests/support/settings'

const STREAM = appUrl('/api/v1/stream')
const BEFORE_ALL = { 'last-event-id': 'l0.t0' }

test.group('Event stream', (group) => {
  group.each.setup(() => emptyDatabase())

  const open = async (
    cleanup: (callback: () => void) => void,
    url = STREAM,
    headers: Record<string, string> = {}
  ) => {
    const reader = await EventStreamReader.open(url, headers)
    cleanup(() => reader.close())
    return reader
  }

  test('sends launches and trades as they are stored', async ({ assert, cleanup }) => {
    await storeLaunch()
    const reader = await open(cleanup)

    const launch = await storeLaunch({ kind: 'graduated' })
    const [first] = await reader.next(1)
    const trade = await storeTrade()
    const [second] = await reader.next(1)

    assert.equal(reader.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    assert.equal(first!.event, 'launch.graduated')
    assert.equal(JSON.parse(first!.data!).id, launch)
    assert.equal(second!.event, 'trade.executed')
    assert.equal(JSON.parse(second!.data!).id, trade)
    assert.equal(second!.id, `l${launch}.t${trade}`)
  })

  test('is open so often for one visitor, of IPv6 for a whole /64', async ({
    assert,
    cleanup,
    test: running,
  }) => {
    setWhile(running, streamLimits, { perAddress: 2 })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    await open(cleanup, STREAM, from('2001:db8:1:2::1'))
    await open(cleanup, STREAM, from('[2001:DB8:1:2:ffff::9]:443'))

    const refused = await fetch(STREAM, { headers: from('2001:db8:1:2:abcd::1') })
    const neighbour = await open(cleanup, STREAM, from('2001:db8:1:3::1'))

    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '30')
    assert.include(await refused.text(), '"code":"too_many_streams"')
    assert.equal(neighbour.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  })

  test('resumes exactly behind the last event that was received', async ({ assert, cleanup }) => {
    for (let block = 1; block <= 4; block++) {
      await storeLaunch({ block_number: block })
      await storeTrade({ block_number: block })
    }
    const whole = await open(cleanup, STREAM, BEFORE_ALL)
    const all = await whole.next(8)

    const rest = await open(cleanup, STREAM, { 'last-event-id': all[2]!.id! })
    const missed = await rest.next(5)

    assert.deepEqual(missed, all.slice(3))
    assert.deepEqual(
      all.map(({ event }) => event!.split('.')[0]),
      ['trade', 'launch', 'trade', 'launch', 'trade', 'launch', 'trade', 'launch']
    )
  })

  test('sends what is stored while a reader catches up once', async ({ assert, cleanup }) => {
    const ids = [await storeLaunch(), await storeLaunch()]
    const opening = open(cleanup, STREAM, BEFORE_ALL)
    ids.push(await storeLaunch(), await storeLaunch())
    const reader = await opening
    ids.push(await storeLaunch())

    const events = await reader.next(5)

    assert.deepEqual(
      events.map(({ data }) => JSON.parse(data!).id),
      ids
    )
  })

  test('sends only what was asked for, and still moves the reader on', async ({
    assert,
    cleanup,
  }) => {
    await storeTrade()
    await storeLaunch({ source: 'four' })
    const wanted = await storeLaunch({ source: 'flap' })
    const reader = await open(cleanup, `${STREAM}?types=launch&source=flap`, BEFORE_ALL)

    const [event] = await reader.next(1)

    assert.equal(JSON.parse(event!.data!).id, wanted)
  })

  test('sends a long absence in pieces: it ends, and the reader comes back for the rest', async ({
    assert,
    cleanup,
  }) => {
    for (let count = 0; count < 501; count++) await storeLaunch()

    const first = await open(cleanup, STREAM, BEFORE_ALL)
    const events = await first.rest()
    const second = await open(cleanup, STREAM, { 'last-event-id': events.at(-1)!.id! })
    const [last] = await second.next(1)

    assert.lengthOf(
      events.filter(({ data }) => data),
      500
    )
    assert.isAbove(JSON.parse(last!.data!).id, JSON.parse(events.at(-2)!.data!).id)
  })
})
