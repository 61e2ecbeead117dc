import { test } from '@japa/runner'
import LaunchEvent from '#models/launch_event'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { GMGN_KEY, GmgnServer } from '#tests/support/gmgn_server'
import { RunningProcess } from '#tests/support/processes'
import { ACE } from '#tests/support/programs'

const COMMAND = [...ACE, 'scan:gmgn']

test.group('scan:gmgn', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('without a key it says so and ends', async (ctx) => {
    const process = new RunningProcess(ctx.test, COMMAND, { GMGN_API_KEY: undefined })

    ctx.assert.equal(await process.ended, 1)
    ctx.assert.include(process.output, 'GMGN_API_KEY is not set')
  })

  test('polls as often as the free plan allows, stores, and stops cleanly', async (ctx) => {
    const server = await GmgnServer.start(systemClock)
    const process = new RunningProcess(ctx.test, COMMAND, {
      GMGN_API_KEY: GMGN_KEY,
      GMGN_API_URL: server.url,
      GMGN_INTERVAL: '50ms',
      LOG_LEVEL: 'info',
    })
    await until(async () => server.requests > 0)
    server.lists.new_creation.push({
      address: someAddress(),
      symbol: 'G',
      created_timestamp: systemClock.now() / 1000 + 1,
    })
    await until(async () => server.requests > 8)

    ctx.assert.equal(server.bannedUntil, 0)
    const [launch] = await LaunchEvent.query().where('source', 'gmgn')
    ctx.assert.equal(launch!.symbol, 'G')
    process.kill('SIGTERM')
    ctx.assert.equal(await process.ended, 0)
  })
})
