import { test } from '@japa/runner'
import { okxHosts } from '#collectors/okx/hosts'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { secureUrl } from '#foundation/env_hosts'
import { OKX_KEY, ok, startOkxRest } from '#tests/support/okx_rest_server'
import { SettableClock } from '#tests/support/settable_clock'

const ACCOUNT = { region: 'global', environment: 'demo', ...OKX_KEY } as const

/** A refusal as the venue words it, and what it means. */
const REFUSALS = [
  { status: 401, body: { code: '50111', msg: 'Invalid OK-ACCESS-KEY' }, kind: 'key_unknown' },
  { status: 200, body: { code: '50119', msg: "API key doesn't exist" }, kind: 'key_unknown' },
  { status: 200, body: { code: 50101, msg: 'APIKey does not match' }, kind: 'other_environment' },
  { status: 200, body: { code: '50120', msg: 'no permission' }, kind: 'not_permitted' },
  { status: 503, body: { code: '50001', msg: 'unavailable' }, kind: 'busy' },
  { status: 502, body: '<html>Bad Gateway</html>', kind: 'busy' },
  { status: 200, body: '<html>Welcome</html>', kind: 'unreadable' },
  { status: 200, body: { code: '51603', msg: 'Order does not exist' }, kind: 'refused' },
]

test.group('REST of OKX', () => {
  test('{words} with status {status} means {kind}')
    .with(REFUSALS.map((refusal) => ({ ...refusal, words: JSON.stringify(refusal.body) })))
    .run(async ({ assert, cleanup }, { status, body, kind }) => {
      const clock = new SettableClock()
      const server = await startOkxRest(
        cleanup,
        (path) => (path.endsWith('/time') ? ok([{ ts: String(clock.now()) }]) : { status, body }),
        () => clock.now()
      )
      const venues = new OkxVenues(clock, { restUrl: server.url })

      const failure = await venues
        .restOf(ACCOUNT)
        .config()
        .catch((error: unknown) => error)

      assert.instanceOf(failure, OkxFailure)
      assert.equal((failure as OkxFailure).kind, kind)
    })

  test('an answer that is longer than any list is not read to its end', async ({
    assert,
    cleanup,
  }) => {
    const endless = { code: '0', msg: 'x'.repeat(9_000_000), data: [] }
    const server = await startOkxRest(cleanup, () => ({ body: endless }))
    const venues = new OkxVenues(new SettableClock(), { restUrl: server.url })

    const asking = venues.at(ACCOUNT).askPublic('/api/v5/public/time')

    await assert.rejects(() => asking, OkxFailure, /longer than 8388608 bytes/)
  })

  test('is signed by the clock of OKX, and measured anew where that was set', async ({
    assert,
    cleanup,
  }) => {
    const clock = new SettableClock()
    let offset = 754_808
    const venueNow = () => clock.now() + offset
    const server = await startOkxRest(
      cleanup,
      (path) =>
        ok(
          path.endsWith('/time') ? [{ ts: String(venueNow()) }] : [{ uid: '7', perm: 'read_only' }]
        ),
      venueNow
    )
    const venues = new OkxVenues(clock, { restUrl: server.url })
    const rest = venues.restOf(ACCOUNT)

    const first = await rest.config()
    assert.equal(rest.venue.offsetMs, 754_808)
    offset = -90_000
    const second = await rest.config()
    assert.equal(rest.venue.offsetMs, -90_000)
    assert.deepEqual([first.uid, second.uid], ['7', '7'])
  })

  test('a list is read to its end, in pages that go on behind the last row', async ({
    assert,
    cleanup,
  }) => {
    const clock = new SettableClock()
    const ids = Array.from({ length: 250 }, (_, index) =>
      String(9_007_199_254_740_993n + BigInt(index))
    )
    const newestFirst = ids.toReversed()
    const server = await startOkxRest(
      cleanup,
      (path, query) => {
        if (path.endsWith('/time')) return ok([{ ts: String(clock.now()) }])
        const after = query.get('after')
        const from = after === null ? 0 : newestFirst.indexOf(after) + 1
        return ok(newestFirst.slice(from, from + 100).map((billId) => ({ billId })))
      },
      () => clock.now()
    )
    const venues = new OkxVenues(clock, { restUrl: server.url })

    const read: unknown[] = []
    for await (const page of venues.restOf(ACCOUNT).pages('/api/v5/account/bills', {}, 'billId')) {
      read.push(...page.map(({ billId }) => billId))
    }

    assert.deepEqual(read, newestFirst)
  })

  test(
    'a list that goes in circles is unreadable, and so is one that does not say where it goes on'
  )
    .with([
      {
        answers: [
          ['9', '8'],
          ['7', '6'],
          ['9', '8'],
        ],
      },
      {
        answers: [
          ['9', '8'],
          ['9', '8'],
        ],
      },
      { answers: [[null, {}]] },
    ])
    .run(async ({ assert, cleanup }, { answers }) => {
      const clock = new SettableClock()
      const pages = answers.map((ids) =>
        ids.map((id) => (typeof id === 'string' ? { billId: id } : id))
      )
      let page = 0
      const server = await startOkxRest(
        cleanup,
        (path) =>
          ok(
            path.endsWith('/time') ? [{ ts: String(clock.now()) }] : pages[page++ % pages.length]!
          ),
        () => clock.now()
      )
      const reading = { pageSize: 2, retries: 0 }
      const rest = new OkxVenues(clock, { restUrl: server.url }, fetch, reading).restOf(ACCOUNT)

      const read = Array.fromAsync(rest.pages('/api/v5/account/bills', {}, 'billId'))

      await assert.rejects(() => read, 'the pages of /api/v5/account/bills do not go on by billId')
    })

  test('a time that no clock tells is not taken for that of OKX: {$self}')
    .with(['99999999999999999', '1e400', '-1', '', 'soon'])
    .run(async ({ assert, cleanup }, ts) => {
      const clock = new SettableClock()
      const server = await startOkxRest(
        cleanup,
        () => ok([{ ts }]),
        () => clock.now()
      )
      const rest = new OkxVenues(clock, { restUrl: server.url }).restOf(ACCOUNT)

      await assert.rejects(() => rest.config(), 'OKX did not tell its time')
    })

  test('each region has its hosts, demo trading its stream, and a setting stands in for all', ({
    assert,
  }) => {
    assert.deepEqual(okxHosts('global', 'live'), {
      rest: 'https://www.okx.com',
      stream: 'wss://ws.okx.com:8443/ws/v5/private',
      businessStream: 'wss://ws.okx.com:8443/ws/v5/business',
    })
    assert.equal(okxHosts('eea', 'demo').stream, 'wss://wseeapap.okx.com:8443/ws/v5/private')
    const own = { restUrl: 'http://127.0.0.1:4020/', wsUrl: 'ws://127.0.0.1:4020' }
    assert.deepEqual(okxHosts('us', 'live', own), {
      rest: 'http://127.0.0.1:4020',
      stream: 'ws://127.0.0.1:4020/ws/v5/private',
      businessStream: 'ws://127.0.0.1:4020/ws/v5/business',
    })
  })

  test('a host without TLS is this machine or refused', ({ assert }) => {
    const rule = secureUrl(['wss', 'ws'], 'wss://ws.okx.com:8443')

    assert.equal(rule('OKX_WS_URL', 'ws://127.0.0.1:4020'), 'ws://127.0.0.1:4020')
    assert.throws(
      () => rule('OKX_WS_URL', 'ws://venue.example.com'),
      /^OKX_WS_URL begins with ws:\/\/, which is for this machine alone/
    )
  })
})
