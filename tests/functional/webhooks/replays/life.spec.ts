import { test } from '@japa/runner'
import Replay from '#models/replay'
import { cancelReplay } from '#webhooks/replays/find_replay'
import { replayStep } from '#webhooks/replays/replay_step'
import { startReplay } from '#webhooks/replays/start_replay'
import { emptyDatabase } from '#tests/support/database'
import { jobs, storeEndpoint } from '#tests/support/delivery'
import { everything, storeTrades } from '#tests/support/replays'
import { SettableClock } from '#tests/support/settable_clock'

const SOMEWHERE = 'https://example.com/'

test.group('The life of a replay', (group) => {
  group.each.setup(() => emptyDatabase())

  test('what is cancelled releases nothing more, and says how far it was', async ({ assert }) => {
    const clock = new SettableClock()
    const endpoint = await storeEndpoint(SOMEWHERE)
    await storeTrades(10)
    const { replay } = await startReplay({ ...everything(endpoint), ratePerSecond: 4 }, clock)
    await replayStep(replay.id, clock)

    await cancelReplay({ id: replay.id, endpointId: null }, clock)
    clock.pass(10_000)
    await replayStep(replay.id, clock)

    assert.lengthOf(await jobs(), 4)
    const { state, added, reachedAt } = await Replay.findOrFail(replay.id)
    assert.deepEqual({ state, added }, { state: 'cancelled', added: 4 })
    assert.equal(reachedAt, 1_780_000_000_500)
  })

  test('a disabled endpoint is waited for, and one that is deleted ends its replays', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const endpoint = await storeEndpoint(SOMEWHERE)
    await storeTrades(3)
    const { replay } = await startReplay(everything(endpoint), clock)

    await endpoint.merge({ state: 'disabled' }).save()
    await replayStep(replay.id, clock)
    assert.isEmpty(await jobs())
    await replay.refresh()
    assert.equal(replay.state, 'running')

    await endpoint.delete()
    clock.pass(10_000)
    await replayStep(replay.id, clock)
    await replay.refresh()
    assert.equal(replay.state, 'cancelled')
  })

  test('a key begins one replay, and belongs to it', async ({ assert }) => {
    const clock = new SettableClock()
    const endpoint = await storeEndpoint(SOMEWHERE)
    const wish = everything(endpoint)

    const first = await startReplay(wish, clock, 'monday')
    const second = await startReplay(wish, clock, 'monday')
    assert.deepEqual([first.isNew, second.isNew], [true, false])
    assert.equal(second.replay.id, first.replay.id)

    const other = { ...wish, ratePerSecond: 5 }
    await assert.rejects(() => startReplay(other, clock, 'monday'), /Use a new key/)
    const third = await startReplay(other, clock, 'tuesday')
    assert.isTrue(third.isNew)
  })
})
