import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { freePort } from '#demo/processes/ports'
import { isInstalled } from '#tests/support/debian_servers'
import { RunningProcess } from '#tests/support/processes'
import { startSshServer } from '#tests/support/ssh_server'
import { WebLoad } from '#tests/support/web_load'

const run = promisify(execFile)

/** What a checkout has that is deployed. */
const CHECKOUT = ['.adonisjs', '.env.example', '.npmrc', 'LICENSE', 'README.md', 'CHANGELOG.md']
  .concat(['ace.js', 'adonisrc.ts', 'app', 'benchmarks', 'bin', 'build', 'commands', 'config'])
  .concat(['database', 'demo', 'docs', 'ecosystem.config.cjs', 'examples', 'package.json'])
  .concat(['package-lock.json', 'providers', 'public', 'resources', 'start', 'tests'])
  .concat(['tsconfig.json', 'vite.config.ts'])

test.group('Deploying over SSH', (group) => {
  group.tap((one) => one.tags(['@sqlite']).skip(!isInstalled('sshd'), 'no sshd here'))

  test('puts a release into use without a pause, and one that does not work not at all', async ({
    assert,
    cleanup,
    ...context
  }) => {
    context.test.timeout(600_000)
    const home = app.tmpPath(`deploy-${process.pid}`)
    const [checkout, host] = [join(home, 'checkout'), join(home, 'host')]
    await mkdir(checkout, { recursive: true })
    cleanup(async () => {
      await pm2(host, 'kill').catch(() => {})
      await rm(home, { recursive: true })
    })
    await checkOut(checkout)
    const port = await prepareHost(host)
    const { address, clientConfig } = await startSshServer(context.test, home)
    const deploy = async (...more: string[]) => {
      const options = [address, `--ssh-config=${clientConfig}`, `--folder=${host}`, ...more]
      const child = new RunningProcess(context.test, [join(checkout, 'bin/deploy.js'), ...options])
      return { code: await child.ended, output: child.output }
    }
    const url = `http://127.0.0.1:${port}`

    const first = await deploy()
    assert.equal(first.code, 0, first.output)
    const firstRelease = await readlink(join(host, 'current'))
    assert.isTrue(await isReady(url))

    const load = new WebLoad(url)
    load.start(10, 20)
    const second = await deploy()
    await load.stop()
    assert.equal(second.code, 0, second.output)
    assert.deepEqual(load.failures, [])
    assert.isAbove(load.answered, 100)
    const secondRelease = await readlink(join(host, 'current'))
    assert.notEqual(secondRelease, firstRelease)
    assert.sameMembers(await foldersAtWork(host), [await realpath(join(host, 'current'))])
    assert.lengthOf(await readdir(join(host, 'shared/data/backups')), 1)

    const server = join(checkout, 'build/bin/server.js')
    await rm(server)
    await writeFile(server, 'process.exit(1)\n')
    const broken = await deploy()
    assert.equal(broken.code, 1, broken.output)
    assert.include(broken.output, 'It does not answer. Nothing was switched.')
    assert.equal(await readlink(join(host, 'current')), secondRelease)
    assert.isTrue(await isReady(url))

    // One that works when it is tried, and not when it counts.
    await writeFile(server, WORKS_AT_FIRST)
    await run('cp', [app.makePath('build/bin/server.js'), join(checkout, 'build/bin/tried.js')])
    const failing = await deploy()
    assert.equal(failing.code, 2, failing.output)
    assert.equal(await readlink(join(host, 'current')), secondRelease)
    assert.isTrue(await isReady(url))

    const back = await deploy('--back')
    assert.equal(back.code, 0, back.output)
    assert.equal(await readlink(join(host, 'current')), firstRelease)
    assert.isTrue(await isReady(url))
  })

  test('says in a sentence what is missing, and changes nothing', async ({
    assert,
    ...context
  }) => {
    const deploy = async (...args: string[]) => {
      const child = new RunningProcess(context.test, ['bin/deploy.js', ...args])
      return { code: await child.ended, output: child.output }
    }
    const nameless = await deploy('--folder=regou')
    assert.deepEqual(nameless, {
      code: 1,
      output: 'deploy   | name one USER@HOST. See: bin/deploy --help',
    })
    const help = await deploy('--help')
    assert.equal(help.code, 0)
    assert.include(help.output, 'Usage: bin/deploy USER@HOST')
    const away = await deploy(`nobody@127.0.0.1`, '--back', '--ssh-config=/dev/null')
    assert.equal(away.code, 1)
    assert.match(away.output, /nobody@127\.0\.0\.1 cannot be reached: try it with ssh/)
  })
})

const WORKS_AT_FIRST = `
  if (!process.env.pm_id) await import('./tried.js')
  else {
    const { createServer } = await import('node:http')
    const server = createServer((request, response) => response.writeHead(500).end())
    server.listen(process.env.PORT, '127.0.0.1', () => process.send('ready'))
  }`

/** Files are shared with the project: only their names are new. */
async function checkOut(folder: string) {
  await run('cp', ['-al', ...CHECKOUT.map((path) => app.makePath(path)), folder])
  await symlink(app.makePath('node_modules'), join(folder, 'node_modules'))
}

/** A host with settings, on which the packages of this lock file are there. */
async function prepareHost(folder: string): Promise<number> {
  const lock = await readFile(app.makePath('package-lock.json'))
  const packages = join(
    folder,
    'packages',
    createHash('sha256').update(lock).digest('hex').slice(0, 16)
  )
  await mkdir(packages, { recursive: true })
  await symlink(app.makePath('node_modules'), join(packages, 'node_modules'))
  await mkdir(join(folder, 'shared'))
  const port = await freePort()
  await writeFile(
    join(folder, 'shared/.env'),
    [
      'NODE_ENV=production',
      'APP_KEY=only-for-tests-0123456789abcdef',
      'HOST=127.0.0.1',
      `PORT=${port}`,
      'DATABASE_PATH=./data/app.sqlite',
      'BACKUP_PATH=./data/backups',
      'BSC_RPC_URL=http://127.0.0.1:9',
      'ONE_WORKER=true',
    ].join('\n')
  )
  return port
}

async function pm2(host: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PM2_HOME: join(host, 'pm2') }
  const { stdout } = await run(app.makePath('node_modules/.bin/pm2'), args, { env })
  return stdout
}

/** The folders in which the processes of Regou run there. */
async function foldersAtWork(host: string): Promise<string[]> {
  const processes: { pid: number }[] = JSON.parse(await pm2(host, 'jlist'))
  return [...new Set(await Promise.all(processes.map(({ pid }) => readlink(`/proc/${pid}/cwd`))))]
}

async function isReady(url: string): Promise<boolean> {
  const { ok } = await fetch(`${url}/health/ready`)
  return ok
}
