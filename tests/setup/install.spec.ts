import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { until } from '#demo/until'
import { systemClock } from '#foundation/clock'
import { freshClone, processesIn, type Machine } from '#tests/support/fresh_clone'

const NEWEST: Machine = { npm: '12', node: '26' }

/** What each version of Node.js brought along, the newest, and Node.js as other machines have it. */
const MACHINES: Machine[] = [
  { npm: '10', node: '20' },
  { npm: '10', node: '22' },
  { npm: '11.6' },
  { npm: '11' },
  NEWEST,
]

/** Everything that is not JavaScript: it answers when it is there and fits. */
const NATIVE = `
  const { createRequire } = require('node:module')
  const own = createRequire(process.cwd() + '/package.json')
  const Database = own('better-sqlite3')
  if (new Database(':memory:').prepare('select 1 as one').get().one !== 1) throw new Error('SQLite')
  own('@swc/core').transformSync('let a = 1')
  console.log(process.version)
`

test.group('The setup of a fresh clone, without Python and a compiler', () => {
  for (const machine of MACHINES) {
    const { npm, node = 'of the tests' } = machine
    test(`installs all that runs, with npm ${npm} and Node.js ${node}`, async (ctx) => {
      const { folder, run } = await freshClone(ctx.test, machine)

      const setUp = run('bin/setup.js')
      ctx.assert.equal(await setUp.ended, 0, setUp.output)
      ctx.assert.notMatch(setUp.output, /gyp/)

      const own = join(folder, 'node_modules/node/bin/node')
      const native = await promisify(execFile)(own, ['-e', NATIVE], { cwd: folder })
      ctx.assert.match(native.stdout, /^v24\./)
      const help = run('ace.js', 'help', 'demo')
      ctx.assert.equal(await help.ended, 0, help.output)

      const again = run('bin/setup.js')
      ctx.assert.equal(await again.ended, 0)
      ctx.assert.equal(again.output, '')
    })
  }

  for (const machine of [{ npm: '11' }, NEWEST]) {
    const { npm } = machine
    test(`stops with npm ${npm} at Ctrl+C, and installs what is missing the next time`, async (ctx) => {
      const { folder, run } = await freshClone(ctx.test, machine)
      const first = run('bin/setup.js')
      const begun = join(folder, 'node_modules')
      await until(() => existsSync(begun), systemClock, AbortSignal.timeout(300_000))
      first.kill('SIGINT')

      ctx.assert.equal(await first.ended, 130, first.output)
      ctx.assert.deepEqual(await processesIn(folder), [])

      const second = run('bin/setup.js')
      ctx.assert.equal(await second.ended, 0, second.output)

      await rm(join(folder, 'node_modules/viem'), { recursive: true })
      const third = run('bin/setup.js')
      ctx.assert.equal(await third.ended, 0, third.output)
      ctx.assert.isTrue(existsSync(join(folder, 'node_modules/viem/package.json')))
    })
  }
})
