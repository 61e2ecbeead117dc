import { test } from '@japa/runner'
import { followStream } from '#webhooks/listen/followed_stream'
import { systemClock } from '#foundation/clock'
import { appUrl } from '#tests/support/app_url'
import { until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { beginAnew } from '#tests/support/new_database'
import { ReverseProxy } from '#tests/support/reverse_proxy'

test.group('A stream that a command follows', (group) => {
  group.each.setup(() => beginAnew())

  test('goes on with what is new when a new database has taken the place of the old one', async ({
    assert,
    cleanup,
    test: self,
  }) => {
    const proxy = await ReverseProxy.start(self, appUrl('/'))
    const stop = new AbortController()
    let opened = () => {}
    const isOpen = new Promise<void>((resolve) => (opened = resolve))
    const events = followStream(proxy.url('/api/v1/stream'), {
      clock: systemClock,
      signal: stop.signal,
      onOpen: opened,
      onBreak: () => {},
    })
    const symbols: string[] = []
    const following = (async () => {
      for await (const { data } of events) if (data) symbols.push(JSON.parse(data).symbol)
    })()
    cleanup(() => stop.abort())
    await isOpen
    for (const symbol of ['ONE', 'TWO']) await storeLaunch({ symbol })
    await until(async () => symbols.length === 2)

    proxy.loseApplication()
    await beginAnew()
    proxy.findApplication()
    await proxy.hasAnswered('/api/v1/stream', 400)
    await proxy.hasAnswered('/api/v1/stream', 200, 2)
    await storeLaunch({ symbol: 'ANEW' })

    await until(async () => symbols.length === 3)
    assert.deepEqual(symbols, ['ONE', 'TWO', 'ANEW'])
    stop.abort()
    await following
  })
})
