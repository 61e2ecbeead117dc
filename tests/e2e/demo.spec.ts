import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { freePort } from '#demo/processes/ports'
import { until } from '#demo/until'
import { systemClock } from '#foundation/clock'
import { occupiedPort } from '#tests/support/occupied_port'
import { isAlive, RunningProcess } from '#tests/support/processes'

const TOTALS = /Events: (\d+) on chain, (\d+) in the database, (\d+) distinct ids received/

async function startDemo(self: TestContext['test']) {
  const port = await freePort()
  const demo = new RunningProcess(self, ['ace.js', 'demo'], { PORT: String(port) })
  await demo.prints(/Regou is live/)
  return { demo, port }
}

/** The process ids that the demo has named, newest last. */
function pidsOf(demo: RunningProcess, name = '\\w+') {
  const started = new RegExp(`^${name} +\\| started, pid (\\d+)`, 'gm')
  return [...demo.output.matchAll(started)].map(([, pid]) => Number(pid))
}

test.group('The demo', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('what is on the chain is stored and received, also when scanner and sender are killed', async ({
    assert,
    test: self,
  }) => {
    const { demo, port } = await startDemo(self)
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

  test('a second one in the same folder is refused while the first starts, and nothing outlives the first when it is killed', async ({
    assert,
    test: self,
  }) => {
    const port = String(await freePort())
    const first = new RunningProcess(self, ['ace.js', 'demo'], { PORT: port })
    await first.prints(/chain +\| started/)

    const second = new RunningProcess(self, ['ace.js', 'demo'], { PORT: port })
    assert.equal(await second.ended, 1)
    assert.match(
      second.output,
      /A demo with port \d+ is starting or running in this folder already/
    )
    assert.deepEqual(pidsOf(second), [])

    await first.prints(/Regou is live/)
    const pids = pidsOf(first)
    first.kill('SIGKILL')
    await until(() => !pids.some(isAlive), systemClock, AbortSignal.timeout(300_000))
    assert.deepEqual(pids.filter(isAlive), [])
  })

  test('a busy port is named before anything starts', async ({ assert, test: self }) => {
    const port = await occupiedPort(self)

    const demo = new RunningProcess(self, ['ace.js', 'demo'], { PORT: String(port) })

    assert.equal(await demo.ended, 1)
    assert.include(demo.output, `Port ${port} is already in use`)
    assert.include(demo.output, `PORT=${port + 1}`)
    assert.deepEqual(pidsOf(demo), [])
  })
})
