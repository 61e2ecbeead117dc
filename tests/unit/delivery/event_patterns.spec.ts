import { test } from '@japa/runner'
import { wantsEvent } from '#delivery/event_patterns'

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

  test('alerts about endpoints are asked for by name', ({ assert }) => {
    assert.isFalse(wantsEvent(['*'], 'push.alert'))
    assert.isTrue(wantsEvent(['*', 'push.alert'], 'push.alert'))
  })

  test('* wants everything else, no pattern wants nothing', ({ assert }) => {
    assert.isTrue(wantsEvent(['*'], 'payment.credited'))
    assert.isFalse(wantsEvent([], 'payment.credited'))
  })
})
