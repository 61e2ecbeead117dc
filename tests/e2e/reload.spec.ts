import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { freePort } from '#demo/processes/ports'
import { BackgroundPm2 } from '#tests/support/pm2'
import { WebLoad } from '#tests/support/web_load'

const CLIENTS = 50
const READERS = 150

test.group('A reload of the web application under PM2', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('fails no request of busy clients, and streams end and go on', async ({
    assert,
    ...context
  }) => {
    context.test.timeout(180_000)
    const port = await freePort()
    const settings = { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info' }
    const pm2 = await BackgroundPm2.start(context.test, settings)
    await pm2.run('start', 'ecosystem.config.cjs', '--only', 'regou-web')
    const [before] = await pm2.processes()

    const load = new WebLoad(`http://127.0.0.1:${port}`)
    load.start(CLIENTS, READERS)
    await until(() => load.opened.every((times) => times > 0) && load.answered > 500)
    await pm2.run('reload', 'regou-web')
    const answered = load.answered
    await until(() => load.opened.every((times) => times > 1) && load.answered > answered + 500)
    await load.stop()

    const [after] = await pm2.processes()
    assert.notEqual(after!.pid, before!.pid)
    assert.deepEqual(load.failures, [])
    assert.match(await pm2.logOf('regou-web'), /started HTTP server on 127\.0\.0\.1/)
  })
})

async function until(isTrue: () => boolean) {
  while (!isTrue()) await systemClock.sleep(20)
}
