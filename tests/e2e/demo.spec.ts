import { test } from '@japa/runner'
import { freePort } from '#demo/processes/ports'
import { pidsOf, startDemo } from '#tests/support/demo'
import { occupiedPort } from '#tests/support/occupied_port'
import { isAlive } from '#tests/support/processes'

const TOTALS = /Events: (\d+) on chain, (\d+) in the database, (\d+) distinct ids received/

test.group('The demo', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('what is on the chain is stored and received, also when scanner and sender are killed', async ({
    assert,
    test: self,
  }) => {
    const port = await freePort()
    const demo = startDemo(self, port)
    await demo.prints(/Regou is live/)
    const page = await fetch(`http://127.0.0.1:${port}/api/events/latest`)

    process.kill(pidsOf(demo, 'scanner').at(-1)!, 'SIGKILL')
    process.kill(pidsOf(demo, 'sender').at(-1)!, 'SIGKILL')
    await demo.prints(/scanner +\| started[^]+scanner +\| started/)
    await demo.prints(/sender +\| started[^]+sender +\| started/)
    demo.kill('SIGINT')
    demo.kill('SIGINT')

    assert.equal(await demo.ended, 0, demo.output)
    const [, onChain, stored, received] = TOTALS.exec(demo.stdout.at(-1)!)!.map(Number)
    assert.isAbove(onChain!, 0)
    assert.deepEqual({ stored, received }, { stored: onChain, received: onChain }, demo.output)
    assert.equal(page.status, 200)
    assert.deepEqual(pidsOf(demo).filter(isAlive), [])
  })

  test('a busy port is named before anything starts', async ({ assert, test: self }) => {
    const port = await occupiedPort(self)

    const demo = startDemo(self, port)

    assert.equal(await demo.ended, 1)
    assert.include(demo.output, `Port ${port} is already in use`)
    assert.include(demo.output, `PORT=${port + 1}`)
    assert.deepEqual(pidsOf(demo), [])
  })
})
