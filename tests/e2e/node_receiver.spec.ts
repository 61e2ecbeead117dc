import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { RECEIVER_SECRET } from '#tests/support/receiver'

async function startExample() {
  const child = spawn(process.execPath, ['receiver.js'], {
    cwd: app.makePath('examples/receivers/node'),
    env: { ...process.env, PORT: '0', WEBHOOK_SECRET: RECEIVER_SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(line))
  await once(output, 'line')

  const exited = once(child, 'exit').then(([code]) => code)
  return { child, exited, lines, url: /http\S+/.exec(lines[0]!)![0] }
}

test.group('examples/receivers/node', (group) => {
  group.each.setup(() => emptyDatabase())

  test('prints each event once, disarms names, refuses forgeries, and stops on SIGTERM', async ({
    assert,
    cleanup,
  }) => {
    const { child, exited, lines, url } = await startExample()
    cleanup(() => void child.kill('SIGKILL'))
    await storeEndpoint(url)
    await storeLaunch({ symbol: 'A\u202EB\u001B[2J', event_time: Date.now() })

    startSender()
    await allJobsDone()
    assert.match(
      lines[1]!,
      /^launch\.created A\uFFFDB\uFFFD\[2J evt_[0-9a-f]{32}, \d+ ms old, 1 distinct$/
    )

    const forged = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    }
    const refused = await fetch(url, { method: 'POST', body: '{}', headers: forged })
    assert.equal(refused.status, 401)
    const unsigned = await fetch(url, { method: 'POST', body: '{}' })
    assert.equal(unsigned.status, 401)

    child.kill('SIGTERM')
    assert.equal(await exited, 0)
    assert.lengthOf(lines, 2)
  })
})
