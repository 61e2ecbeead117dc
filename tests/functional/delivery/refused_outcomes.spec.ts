import { Logger } from '@adonisjs/core/logger'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { refuseRows } from '#tests/support/refused_rows'
import { WrittenLines } from '#tests/support/written_lines'

const EVENTS = 30
const REFUSED_STATUS = 418

test.group('An outcome that the database refuses', (group) => {
  group.each.setup(() => emptyDatabase())

  test('holds up no other, is told of by its job, and gives its job its state all the same', async ({
    assert,
  }) => {
    const lines = new WrittenLines()
    const log = new Logger({ enabled: true, level: 'error', destination: lines })
    const receiver = await startReceiver(({ body }, response) => {
      const isRefused = body.includes('"symbol":"BAD"')
      response.writeHead(isRefused ? REFUSED_STATUS : 204).end()
    })
    await storeEndpoint(receiver.url)
    await refuseRows('delivery_attempts', 'http_status', REFUSED_STATUS)
    for (let event = 1; event < EVENTS; event++) await storeLaunch()
    await storeLaunch({ symbol: 'BAD' })

    startSender({ retry: { waits: [], maxRetries: 0 } }, { log })
    await allJobsDone()

    const [failed, ...others] = await jobs({ status: 'failed' })
    assert.isEmpty(others)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS - 1)
    assert.lengthOf(await attempts(), EVENTS)
    assert.lengthOf(receiver.deliveries, EVENTS)
    assert.include(lines.text, `refuses what came of job ${failed!.id}`)
  })
})
