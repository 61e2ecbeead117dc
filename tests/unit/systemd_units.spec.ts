import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test.group('Units for systemd', () => {
  test('run the same processes as PM2 does, with the same options', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'regou-units-'))
    cleanup(() => rm(folder, { recursive: true }))
    const { apps } = createRequire(import.meta.url)(app.makePath('ecosystem.config.cjs'))

    await promisify(execFile)(process.execPath, [app.makePath('bin/systemd.js'), folder])

    const names = apps.map(({ name }: { name: string }) => `${name}.service`)
    assert.sameMembers(await readdir(folder), names)
    for (const { name, script, args = [], node_args: options } of apps) {
      const unit = await readFile(join(folder, `${name}.service`), 'utf8')
      const words = [...options.split(' '), script, ...args].map((word) => `"${word}"`)
      assert.include(unit, `${words.join(' ')}\n`)
      assert.include(unit, `WorkingDirectory=${app.makePath().replace(/\/$/, '')}`)
    }
  })
})
