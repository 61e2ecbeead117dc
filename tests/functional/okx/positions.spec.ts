import { test } from '@japa/runner'
import Position from '#models/position'
import { heardOf } from '#collectors/okx/ingest/heard'
import { readPush } from '#collectors/okx/ingest/read_push'
import { readMessage, type OkxPush } from '#sources/okx/message'
import { readPosition } from '#sources/okx/position'
import { emptyDatabase } from '#tests/support/database'
import { followed, recorded, rowsOf, startIngest } from '#tests/support/okx'

const EVENT = ['change', 'pos', 'previous_pos', 'cause', 'liquidation']

/** The recorded push of a fill, with other values of its position. */
function change(pos: string, uTime: string, eventType = 'filled') {
  const message = recorded('position_by_fill')
  const [row] = message.data
  message.data = [{ ...row, eventType, balData: [], posData: [{ ...row.posData[0], pos, uTime }] }]
  return message
}

test.group('Positions and balances', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each change is told once with its cause, and a position of 0 is closed', async ({
    assert,
  }) => {
    const { push } = await startIngest()
    const opened = recorded('position_by_fill')

    await push(opened)
    await push(change('3', '1699789830000'))
    await push(opened)
    await push(change('3', '1699789830000'))
    await push(change('0', '1699789840000', 'liquidation'))
    await push(change('0', '1699789840000', 'liquidation'))

    assert.deepEqual(await rowsOf('position_events', ...EVENT), [
      ['changed', '1', null, 'filled', null],
      ['changed', '3', '1', 'filled', null],
      ['closed', '0', '3', 'liquidation', 'liquidation'],
    ])
    const position = await Position.firstOrFail()
    assert.equal(position.status, 'closed')
    assert.deepEqual(await rowsOf('balance_events', 'ccy', 'cash_bal', 'cause'), [
      ['USDT', '44.6662370515664886', 'filled'],
    ])
  })

  test('a position of 0 that was never open is none', async ({ assert }) => {
    const { push } = await startIngest()

    await push(change('0', '1699789840000'))

    assert.lengthOf(await rowsOf('positions', 'id'), 0)
    assert.lengthOf(await rowsOf('position_events', 'id'), 0)
  })

  test('a push that comes again with a later time is outranked by the list of what there is', async ({
    assert,
  }) => {
    const { push, tell } = await startIngest()
    const row = change('3', '1699789830000').data[0].posData[0]
    await push(change('1', '1699789825443'))
    await push(change('3', '1699789830000'))
    await push(change('1', '1699789860000'))

    const positions = [{ said: readPosition(row), cause: null }]
    await tell('audit', { positions, askedAt: 1_790_000_000_000 })
    assert.deepEqual(await rowsOf('positions', 'pos'), [['1']])
    await tell('audit', { positions, askedAt: 1_790_000_005_000 })

    assert.deepEqual(await rowsOf('positions', 'pos'), [['3']])
    assert.lengthOf(await rowsOf('position_events', 'id'), 3)
  })

  test('what an account has when it is read for the first time is no change', async ({
    assert,
  }) => {
    const { account, ingest } = await startIngest()
    const snapshot = readMessage(JSON.stringify(recorded('snapshot_with_position'))) as OkxPush
    const heard = readPush(snapshot, followed(account), 1)

    await ingest.tell(heardOf(heard.account, 'push', 1, { ...heard, isStart: true }))

    assert.deepEqual(await rowsOf('positions', 'pos', 'status'), [['1', 'open']])
    assert.deepEqual(await rowsOf('balances', 'ccy', 'cash_bal'), [
      ['USDT', '200.5137143201668551'],
    ])
    assert.lengthOf(await rowsOf('position_events', 'id'), 0)
    assert.lengthOf(await rowsOf('balance_events', 'id'), 0)
  })
})
