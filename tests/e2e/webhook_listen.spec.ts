import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { RunningProcess } from '#tests/support/processes'
import { startReceiver, verify } from '#tests/support/receiver'
import { WebProcess } from '#tests/support/web_process'
import { ACE } from '#tests/support/programs'
import { someWallet } from '#tests/support/wallets'

const LISTEN = [...ACE, 'webhook:listen']

/** A web application, a receiver, and the command that relays from the one to the other. */
async function listening(
  { test: running }: Pick<TestContext, 'test'>,
  args: string[],
  env: NodeJS.ProcessEnv = {}
) {
  const receiver = await startReceiver()
  const web = await WebProcess.start()
  running.cleanup(() => void web.stop())
  const urls = [`--forward=${receiver.url}`, `--from=${web.url}`]
  const command = new RunningProcess(running, [...LISTEN, ...urls, ...args], env)
  const [, secret] = await command.prints(/Ready\. Signed with (whsec_\S+)/)
  return { receiver, web, command, secret: secret! }
}

test.group('node ace webhook:listen', (group) => {
  group.tap((one) => one.tags(['@postgres']))
  group.each.setup(() => emptyDatabase())

  test('relays what is stored from now on, signed, and stops cleanly', async (ctx) => {
    const { assert } = ctx
    const { receiver, command, secret } = await listening(ctx, ['--events=launch.*'])

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

  test('with a token it relays what is for its account alone', async (ctx) => {
    const { assert } = ctx
    const headers = await authorized()
    const { receiver, web } = await listening(ctx, ['--events=*'], {
      TOKEN: headers.authorization.replace('Bearer ', ''),
    })

    const wallet = someWallet()
    const stored = await fetch(`${web.url}/api/v1/ocr/wallets`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(wallet),
    })
    assert.equal(stored.status, 202)
    await receiver.received(1)

    const { event_type: type, data } = receiver.deliveries[0]!.event
    assert.equal(type, 'ocr_wallet_data')
    assert.deepEqual(data, { id: data.id, ...wallet })
  })

  test('says what it cannot relay', async ({ test: running, assert }) => {
    const listen = [...LISTEN, '--forward=http://localhost:3000/hooks', '--events=pool.*']
    const command = new RunningProcess(running, listen, { TOKEN: undefined })

    assert.equal(await command.ended, 1)
    assert.match(command.output, /No "pool\.\*" comes this way: without a token/)
  }).tags(['@sqlite'])

  test('says what is wrong when nothing can be relayed', async ({ test: running, assert }) => {
    const nowhere = new RunningProcess(running, [
      ...LISTEN,
      '--forward=http://localhost:3000/hooks',
      '--from=http://127.0.0.1:1',
    ])
    assert.equal(await nowhere.ended, 1)
    assert.match(nowhere.output, /Nothing answers at http:\/\/127\.0\.0\.1:1\/.*Is the web/)
  }).tags(['@sqlite'])
})
