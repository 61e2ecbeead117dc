import { test } from '@japa/runner'
import { DeadlineError } from '#webhooks/sending/response_handler'
import { UnconnectedError } from '#foundation/net/guarded_dialer'
import { unanswered } from '#webhooks/sending/verdict'

test.group('Requests without an answer', () => {
  test('pause the endpoint when it was silent until the deadline, connected or not', ({
    assert,
  }) => {
    const silent = [
      new DeadlineError('10000 ms have passed'),
      new UnconnectedError('192.0.2.1:443 did not answer within 9750 ms', 'E_UNCONNECTED'),
      new UnconnectedError('far.example had no answer within 10000 ms', 'E_LOOKUP'),
    ]
    const kinds = silent.map(unanswered).map((verdict) => {
      assert.propertyVal(verdict, 'isOverload', true)
      return 'cause' in verdict && verdict.cause.reason
    })
    assert.deepEqual(kinds, ['timeout', 'connect', 'dns'])

    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    assert.propertyVal(unanswered(refused), 'isOverload', false)
  })
})
