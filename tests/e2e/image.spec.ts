import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { freePort } from '#demo/processes/ports'
import { imageFolder, inContainer, makeImage, removeImage } from '#tests/support/container'
import { readImage } from '#tests/support/dockerfile'

const home = join(imageFolder ?? '', `regou-image-${process.pid}`)
let image = ''

test.group('The image', (group) => {
  group.tap((one) =>
    one
      .tags(['@sqlite'])
      .timeout(180_000)
      .skip(imageFolder === null, 'no user but root can read a folder on this disk')
  )
  group.setup(async () => {
    if (imageFolder !== null) image = await makeImage(home)
  })
  group.teardown(() => removeImage(home))

  test('holds what runs, and no settings, sources, tests or packages for development', async ({
    assert,
  }) => {
    assert.sameMembers(await readdir(image), [
      ...['LICENSE', 'ace.js', 'bin', 'build', 'data', 'ecosystem.config.cjs', 'node_modules'],
      ...['package-lock.json', 'package.json', 'tmp'],
    ])
    const packages = await readdir(join(image, 'node_modules'))
    assert.includeMembers(packages, ['@adonisjs', 'better-sqlite3', 'node', 'pg', 'pm2'])
    for (const name of ['@japa', '@swc', 'eslint', 'playwright', 'typescript', 'vite']) {
      assert.notInclude(packages, name)
    }
    assert.notInclude(await readdir(join(image, 'build')), 'tests')
  })

  test('runs with settings from the environment alone, keeps its key, and ends in order', async ({
    assert,
    ...context
  }) => {
    const { command, healthCheck } = await readImage()
    const port = await freePort()
    const settings = {
      HOST: '127.0.0.1',
      PORT: String(port),
      BSC_RPC_URL: 'http://127.0.0.1:9',
      ONE_WORKER: 'true',
      // As Compose passes on a line that nothing was written into.
      APP_KEY: '',
    }
    const regou = await inContainer(context.test, image, command, settings)
    await regou.prints('Regou works')

    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`)
    assert.equal(answer.status, 200, regou.output())
    const healthy = await inContainer(context.test, image, healthCheck, settings)
    assert.equal(await healthy.ended, 0, healthy.output())

    assert.equal(await regou.stop(), 0, regou.output())
    const ill = await inContainer(context.test, image, healthCheck, settings)
    assert.equal(await ill.ended, 1, ill.output())

    const kept = join(image, 'data/.env')
    assert.match(await readFile(kept, 'utf8'), /^APP_KEY=[\w-]{43}\n$/)
    const { mode } = await stat(kept)
    assert.equal(mode & 0o777, 0o600)
    const ace = ['node', 'ace', 'webhook:list']
    const later = await inContainer(context.test, image, ace, settings)
    assert.equal(await later.ended, 0, later.output())
  })

  test('says in a sentence what is missing', async ({ assert, ...context }) => {
    const { command } = await readImage()
    const chainless = await inContainer(context.test, image, command)
    assert.equal(await chainless.ended, 1)
    assert.match(chainless.output(), /^container \| BSC_RPC_URL is not set/)

    const settings = { BSC_RPC_URL: 'http://127.0.0.1:9', ENV_PATH: join(image, 'bin') }
    const closed = await inContainer(context.test, image, command, settings)
    assert.equal(await closed.ended, 1)
    assert.match(closed.output(), /^container \| .*bin\/\.env cannot be written \(EACCES\)/)
  })
})
