import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { RunningProcess } from '#tests/support/processes'
import { startReceiver, verify } from '#tests/support/receiver'
import { WebProcess } from '#tests/support/web_process'
import { ACE } from '#tests/support/programs'

const LISTEN = [...ACE, 'webhook:listen']

test.group('node ace webhook:listen', (group) => {
  group.each.setup(() => emptyDatabase())

  test('relays what is stored from now on, signed, and stops cleanly', async ({
    test: running,
    assert,
  }) => {
    const receiver = await startReceiver()
    const web = await WebProcess.start()
    running.cleanup(() => void web.stop())
    const command = new RunningProcess(running, [
      ...LISTEN,
      `--forward=${receiver.url}`,
      `--from=${web.url}`,
      '--events=launch.*',
    ])
    const [, secret] = await command.prints(/Ready\. Signed with (whsec_\S+)/)

    await storeTrade()
    await storeLaunch({ symbol: 'NOW' })
    await receiver.received(1)
    await command.prints(/launch\.created {2}evt_\w+ {2}204, after \d+ ms/)

    const [delivery] = receiver.deliveries
    assert.deepEqual(verify(delivery!, secret), delivery!.event)
    assert.equal(delivery!.event.data.symbol, 'NOW')

    command.kill('SIGINT')
    assert.equal(await command.ended, 0)
    assert.lengthOf(receiver.deliveries, 1)
  })

  test('says what is wrong when nothing can be relayed', async ({ test: running, assert }) => {
    const nowhere = new RunningProcess(running, [
      ...LISTEN,
      '--forward=http://localhost:3000/hooks',
      '--from=http://127.0.0.1:1',
    ])
    assert.equal(await nowhere.ended, 1)
    assert.match(nowhere.output, /Nothing answers at http:\/\/127\.0\.0\.1:1\/.*Is the web/)
  })
})
