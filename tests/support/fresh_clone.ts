import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'
import { RunningProcess } from '#tests/support/processes'

const execute = promisify(execFile)

/** All that a new user's machine has: no Python, no compiler, no make. */
const TOOLS = ['sh', 'env', 'git', 'uname']

export interface Machine {
  /** The npm that this machine has, such as `10`. */
  npm: string
  /** The Node.js that this machine has; the one of the tests unless given. */
  node?: string
}

/** What is committed, cloned into an empty folder of a machine that has little. */
export async function freshClone(test: TestContext['test'], { npm, node }: Machine) {
  const home = await mkdtemp(join(tmpdir(), 'regou clone '))
  test.cleanup(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  const folder = join(home, 'regou')
  await execute('git', ['clone', '-q', app.makePath(), folder])

  const tools = join(home, 'tools')
  await mkdir(tools)
  for (const tool of TOOLS) await symlink(await which(tool), join(tools, tool))
  await symlink(node ? await nodeOf(home, node) : process.execPath, join(tools, 'node'))
  const npmPackage = await packageOf(home, 'npm', npm)
  const npmCli = join(npmPackage, 'bin/npm-cli.js')
  await symlink(npmCli, join(tools, 'npm'))

  // The way to npm's registry (proxies, certificates) is that of the machine that runs the test.
  const env = { NODE_ENV: undefined, PATH: tools, TMPDIR: home, npm_execpath: npmCli }
  return {
    folder,
    /** Runs a script of the clone on the machine's Node.js. */
    run: (...args: string[]) => new RunningProcess(test, args, env, folder, join(tools, 'node')),
  }
}

/** The processes that work in a folder or below it. Linux only. */
export async function processesIn(folder: string): Promise<string[]> {
  const entries = await readdir('/proc')
  const pids = entries.filter((name) => /^\d+$/.test(name))
  const places = await Promise.all(
    pids.map(async (pid) => ({ pid, cwd: await readlink(`/proc/${pid}/cwd`).catch(() => '') }))
  )
  return places.filter(({ cwd }) => cwd.startsWith(folder)).map(({ pid }) => pid)
}

/** The Node.js of npm's package for this platform. */
async function nodeOf(home: string, version: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`
  const folder = await packageOf(home, name, version)
  return join(folder, 'bin/node')
}

/** Installs one package in a folder of its own, and answers where it is. */
async function packageOf(home: string, name: string, version: string): Promise<string> {
  const prefix = join(home, `${name}-${version}`)
  await mkdir(prefix)
  const quietly = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error']
  await execute('npm', ['install', '--prefix', prefix, ...quietly, `${name}@${version}`], {
    cwd: prefix,
  })
  return join(prefix, 'node_modules', name)
}

async function which(tool: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const names: string[] = await readdir(folder).catch(() => [])
    if (names.includes(tool)) return join(folder, tool)
  }
  throw new Error(`There is no ${tool} on the PATH`)
}
