import { copyFile, cp, mkdtemp, readFile, rm, stat, symlink, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { freePort } from '#demo/processes/ports'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { occupiedPort } from '#tests/support/occupied_port'
import { RunningProcess } from '#tests/support/processes'
import { SERVER } from '#tests/support/programs'

test.group('Processes that cannot start', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  const wrong = { PORT: 'abc' }
  const programs = { 'the web application': SERVER, 'a command': ['ace.js', 'scan:chain'] }

  for (const [name, args] of Object.entries(programs)) {
    test(`${name} says in plain words what is wrong with the environment`, async (ctx) => {
      const process = new RunningProcess(ctx.test, args, wrong)

      ctx.assert.equal(await process.ended, 1)
      ctx.assert.deepEqual(process.stdout, [])
      ctx.assert.deepEqual(process.stderr, [
        'The environment is not usable, so nothing was started:',
        '- PORT is not a whole number from 0 to 65535. Example: PORT=3333',
      ])
    })
  }

  test('the web application names a busy port', async ({ assert, test: self }) => {
    const port = await occupiedPort(self)

    const server = new RunningProcess(self, SERVER, { PORT: String(port), HOST: '0.0.0.0' })

    assert.equal(await server.ended, 1)
    assert.include(server.stderr.join('\n'), `Port ${port} is already in use`)
  })

  test('a scanner without an endpoint says which setting is missing', async (ctx) => {
    const scanner = new RunningProcess(ctx.test, ['ace.js', 'scan:chain'])

    ctx.assert.equal(await scanner.ended, 1)
    ctx.assert.include(scanner.output, 'BSC_RPC_URL')
  })
})

test.group('The help of a command', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('is all that is printed, also where flags are missing', async ({ assert, test: self }) => {
    const process = new RunningProcess(self, ['ace.js', 'token:create', '--help'])

    assert.equal(await process.ended, 0)
    assert.deepEqual(process.stderr, [])
    assert.include(process.stdout.join('\n'), 'token:create')
  })
})

test.group('Processes that are told to stop', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.teardown(emptyDatabase)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`the web application ends with exit code 0 on ${signal}`, async (ctx) => {
      const port = String(await freePort())
      const server = new RunningProcess(ctx.test, SERVER, { PORT: port, LOG_LEVEL: 'info' })
      await server.prints(/started HTTP server/)
      server.kill(signal)
      server.kill(signal)

      ctx.assert.equal(await server.ended, 0, server.output)
    })
  }

  // Their own tests end them with SIGTERM.
  test('the scanner ends with exit code 0 on SIGINT', async (ctx) => {
    const server = await RpcServer.start(new TestChain(1))
    ctx.cleanup(() => server.close())
    const env = { BSC_RPC_URL: server.url, LOG_LEVEL: 'info' }
    const scanner = new RunningProcess(ctx.test, ['ace.js', 'scan:chain'], env)
    await scanner.prints(/following chain 56/)
    scanner.kill('SIGINT')

    ctx.assert.equal(await scanner.ended, 0, scanner.output)
  })

  test('the sender ends with exit code 0 on SIGINT', async (ctx) => {
    const env = {
      WEBHOOK_URLS: 'http://127.0.0.1:9/webhooks',
      WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      LOG_LEVEL: 'info',
    }
    const sender = new RunningProcess(ctx.test, ['ace.js', 'send:webhooks'], env)
    await sender.prints(/Sending webhooks/)
    sender.kill('SIGINT')

    ctx.assert.equal(await sender.ended, 0, sender.output)
  })
})

test.group('The hand-over to another Node.js', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  const handOver = (script: string) => [
    '--input-type=module',
    '-e',
    `import { runToTheEnd } from '${app.makeURL('bin/node.js').href}'
     process.exitCode = await runToTheEnd(process.execPath, ['-e', ${JSON.stringify(script)}])`,
  ]

  test('passes the exit code on', async (ctx) => {
    const parent = new RunningProcess(ctx.test, handOver('process.exit(3)'))

    ctx.assert.equal(await parent.ended, 3)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`passes ${signal} on and ends as the child does`, async (ctx) => {
      const script = `process.on('${signal}', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready')`
      const parent = new RunningProcess(ctx.test, handOver(script))
      await parent.prints(/ready/)
      parent.kill(signal)

      ctx.assert.equal(await parent.ended, 7)
    })
  }

  test('says so when the child was killed', async (ctx) => {
    const parent = new RunningProcess(ctx.test, handOver(`process.kill(process.pid, 'SIGKILL')`))

    ctx.assert.equal(await parent.ended, 128 + 9)
  })
})

test.group('The setup', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  test('writes .env once, with a key of its own, for nobody else to read', async (ctx) => {
    const { assert } = ctx
    const clone = await mkdtemp(join(tmpdir(), 'regou-setup-'))
    ctx.test.cleanup(() => rm(clone, { recursive: true, force: true }))
    await cp(app.makePath('bin'), join(clone, 'bin'), { recursive: true })
    await copyFile(app.makePath('.env.example'), join(clone, '.env.example'))
    await copyFile(app.makePath('package-lock.json'), join(clone, 'package-lock.json'))
    await copyFile(app.makePath('package.json'), join(clone, 'package.json'))
    await utimes(join(clone, 'package-lock.json'), 0, 0)
    await symlink(app.makePath('node_modules'), join(clone, 'node_modules'))
    const setUp = () => new RunningProcess(ctx.test, ['bin/setup.js'], {}, clone).ended

    assert.equal(await setUp(), 0)
    const first = await readFile(join(clone, '.env'), 'utf8')
    assert.equal(await setUp(), 0)

    assert.match(first, /^APP_KEY=[\w-]{43}$/m)
    assert.equal(await readFile(join(clone, '.env'), 'utf8'), first)
    const { mode } = await stat(join(clone, '.env'))
    assert.equal(mode & 0o777, 0o600)
  })
})
