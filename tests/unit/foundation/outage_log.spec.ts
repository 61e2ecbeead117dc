import { test } from '@japa/runner'
import { OutageLog } from '#foundation/outage_log'
import { loggedLines } from '#tests/support/logged_lines'
import { SettableClock } from '#tests/support/settable_clock'

test.group('What is said of something that does not work', () => {
  test('its beginning and its end have a line, and each minute between them', ({ assert }) => {
    const { lines, logger } = loggedLines('info')
    const clock = new SettableClock()
    const log = new OutageLog(logger, clock)

    log.worked('the chain is read again')
    for (let second = 0; second < 150; second++) {
      log.failed('the chain could not be read: refused')
      clock.pass(1000)
    }
    log.worked('the chain is read again')
    log.worked('the chain is read again')
    log.failed('the chain could not be read: no answer')

    assert.deepEqual(lines, [
      'the chain could not be read: refused',
      'the chain could not be read: refused (for 60 s and 61 tries)',
      'the chain could not be read: refused (for 2 min and 121 tries)',
      'the chain is read again, after 3 min and 150 tries',
      'the chain could not be read: no answer',
    ])
  })
})
