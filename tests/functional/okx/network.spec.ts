import { test } from '@japa/runner'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { scanOkx } from '#collectors/okx/scan_okx'
import { connectOverNetwork } from '#collectors/okx/stream/connect'
import { LocalOkx } from '#demo/okx/local_okx'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { quietLogger } from '#tests/support/logged_lines'
import { storeOkxAccount } from '#tests/support/okx'

test.group('OKX over the network', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))

  test('an account is live over real connections, which end when it stops', async ({
    assert,
    cleanup,
  }) => {
    const okx = new LocalOkx()
    const hosts = await okx.listen()
    const { key } = okx.venue.addAccount()
    const { apiKey, secret, passphrase } = key
    const keys = { apiKey, secretKey: secret, passphrase }
    const account = await storeOkxAccount({ ...keys, uid: null })
    const venues = new OkxVenues(systemClock, hosts)
    const stop = new AbortController()
    const options = { venues, connect: connectOverNetwork, logger: quietLogger }
    const scanning = scanOkx(options, stop.signal)
    cleanup(async () => {
      stop.abort()
      await scanning
      await okx.close()
    })

    await until(async () => {
      await account.refresh()
      return account.connection === 'live'
    })
    const hears = [...okx.venue.sessions].filter(({ kind }) => kind === 'private')
    assert.lengthOf(hears, 1)
    stop.abort()
    await scanning
    await until(async () => okx.venue.sessions.size === 0)
    await account.refresh()
    assert.equal(account.connection, 'idle')
  })
})
