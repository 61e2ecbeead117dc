import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const { isRunning } = await import(app.makeURL('bin/running.js').href)

test.group('A second npm start in a folder', () => {
  test('is told by the socket of the first, and not by one that is left over', async ({
    assert,
    cleanup,
  }) => {
    const home = await mkdtemp(join(tmpdir(), 'regou-'))
    cleanup(() => rm(home, { recursive: true }))
    assert.isFalse(await isRunning(home))

    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(home, 'rpc.sock'), resolve))
    assert.isTrue(await isRunning(home))
    await new Promise((resolve) => server.close(resolve))
    assert.isFalse(await isRunning(home))
  })
})
