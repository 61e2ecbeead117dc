import { test } from '@japa/runner'
import { wantsEvent } from '#facts/event_types'

test.group('Event patterns', () => {
  test('{patterns} wants {wanted} and not {unwanted}')
    .with([
      { patterns: ['launch.created'], wanted: 'launch.created', unwanted: 'launch.graduated' },
      { patterns: ['launch.*'], wanted: 'launch.graduated', unwanted: 'launches.created' },
      { patterns: ['launch.*'], wanted: 'launch.created.removed', unwanted: 'launch' },
      { patterns: ['pool.*', 'trade.executed'], wanted: 'trade.executed', unwanted: 'trade' },
    ])
    .run(({ assert }, { patterns, wanted, unwanted }) => {
      assert.isTrue(wantsEvent(patterns, wanted))
      assert.isFalse(wantsEvent(patterns, unwanted))
    })

  test('{$self} is asked for by name')
    .with(['push.alert', 'payment.credited'])
    .run(({ assert }, eventType) => {
      assert.isFalse(wantsEvent(['*'], eventType))
      assert.isTrue(wantsEvent(['*', eventType], eventType))
    })

  test('* wants everything else, no pattern wants nothing', ({ assert }) => {
    assert.isTrue(wantsEvent(['*'], 'trade.executed'))
    assert.isFalse(wantsEvent([], 'trade.executed'))
  })
})
