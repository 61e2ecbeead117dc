import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type Replay from '#models/replay'
import { replayStep } from '#webhooks/replays/replay_step'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeLaunches, storeManyTrades, storeTrade } from '#tests/support/facts'
import { everything } from '#tests/support/replays'

const URL = 'https://example.com/hooks'

/** Steps of a replay until it has ended. */
async function stepsOf(replay: Replay): Promise<number> {
  for (let steps = 1; ; steps++) {
    await db.from('replays').update({ next_step_at: 0 })
    await replayStep(replay.id, systemClock)
    await replay.refresh()
    if (replay.state === 'done') {
      return steps
    }
  }
}

test.group('What an endpoint does not want', (group) => {
  group.each.setup(() => emptyDatabase())

  test('makes no planning smaller: only endpoints that want an event count', async ({ assert }) => {
    const wanting = await storeEndpoint(URL)
    const { $attributes } = await storeEndpoint(URL, { eventTypes: ['push.alert'] })
    const [row] = await db.from('webhook_endpoints').where('id', $attributes.id)
    const { id, ...columns } = row
    await db.table('webhook_endpoints').multiInsert(Array(200).fill(columns))
    await storeLaunches(300)

    assert.equal(await newPlanner().plan(), 300)
    assert.lengthOf(await jobs({ target_id: wanting.id }), 300)
  })

  test('is not read for a replay: neither other facts nor other kinds', async ({ assert }) => {
    const endpoint = await storeEndpoint(URL, { eventTypes: ['launch.graduated'] })
    await storeManyTrades(Array(1100).fill({}))
    await storeLaunches(1100)
    const wanted = await storeLaunch({ kind: 'graduated' })

    const { replay } = await startReplay(everything(endpoint), systemClock)
    assert.equal(await stepsOf(replay), 1)
    const planned = await jobs()
    assert.deepEqual(
      planned.map((job) => [job.event_type, Number(job.fact_id)]),
      [['launch.graduated', wanted]]
    )
  })

  test('costs a replay no step for ids whose facts were pruned', async ({ assert }) => {
    const endpoint = await storeEndpoint(URL, { eventTypes: ['launch.created'] })
    const first = await storeLaunch({ created_at: 1_780_000_000_001 })
    await storeLaunch({ id: first + 50_000_000, created_at: 1_780_000_000_002 })

    const { replay } = await startReplay(everything(endpoint), systemClock)
    assert.isAtMost(await stepsOf(replay), 2)
    assert.lengthOf(await jobs(), 2)
  })

  test('keeps no replay from the order in which facts were stored', async ({ assert }) => {
    const endpoint = await storeEndpoint(URL, { eventTypes: ['launch.graduated', 'trade.*'] })
    const early = await storeLaunch({ kind: 'graduated', created_at: 1_780_000_000_001 })
    await storeTrade({ created_at: 1_780_000_000_002 })
    const late = { kind: 'graduated', id: early + 20_000, created_at: 1_780_000_000_003 }
    await storeLaunch(late)
    await storeTrade({ created_at: 1_780_000_000_004 })

    const { replay } = await startReplay(everything(endpoint), systemClock)
    await stepsOf(replay)
    const planned = await jobs()
    assert.deepEqual(
      planned.map(({ event_type: type }) => type),
      ['launch.graduated', 'trade.executed', 'launch.graduated', 'trade.executed']
    )
  })
})
