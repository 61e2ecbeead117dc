import { test } from '@japa/runner'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, storeEndpoint, until } from '#tests/support/delivery'
import { storeManyTrades } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { everything } from '#tests/support/replays'
import { SenderProcess } from '#tests/support/sender_process'

const EVENTS = 1200

test.group('A replay of history', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())

  test('goes on where it was when its sender is killed, and sends every event', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { createdAt: systemClock.now() })
    await storeManyTrades(Array.from({ length: EVENTS }, () => ({})))
    const wish = { ...everything(endpoint), ratePerSecond: 400 }
    const { replay } = await startReplay(wish, systemClock)

    for (const killedAfter of [100, 400]) {
      const sender = new SenderProcess()
      await receiver.received(killedAfter)
      assert.isNull(await sender.kill('SIGKILL'))
    }
    await replay.refresh()
    assert.equal(replay.state, 'running')

    const last = new SenderProcess()
    await until(async () => {
      await replay.refresh()
      return String(replay.state) === 'done'
    })
    await allJobsDone()
    assert.equal(await last.kill('SIGTERM'), 0)

    assert.equal(receiver.ids.size, EVENTS)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
    assert.equal(replay.added, EVENTS)
  })
})
