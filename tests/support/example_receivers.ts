import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { getActiveTest } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { freePort } from '#demo/processes/ports'
import { RECEIVER_SECRET } from '#tests/support/receiver'

interface Example {
  language: 'node' | 'python' | 'go' | 'php'
  runtime: string
  /** What is run, a command each; `port` is free, `temporary` is a folder that goes with the test. */
  commands(port: number, temporary: string): [string, ...string[]][]
}

const EXAMPLES: Example[] = [
  {
    language: 'node',
    runtime: process.execPath,
    commands: () => [[process.execPath, 'receiver.js']],
  },
  { language: 'python', runtime: 'python3', commands: () => [['python3', 'receiver.py']] },
  {
    language: 'go',
    runtime: 'go',
    commands: (_, temporary) => {
      const program = join(temporary, 'receiver')
      execFileSync('go', ['build', '-o', program, '.'], { cwd: folderOf('go') })
      return [[program]]
    },
  },
  {
    language: 'php',
    runtime: 'php',
    commands: (port) => [
      ['php', '-S', `127.0.0.1:${port}`, 'receiver.php'],
      ['php', 'work.php'],
    ],
  },
]

const isPresent = ({ runtime }: Example) => !spawnSync(runtime, ['version']).error

/** The examples that can be run on this machine, and those that cannot. */
export const presentExamples = EXAMPLES.filter(isPresent)
export const absentExamples = EXAMPLES.filter((example) => !presentExamples.includes(example))

function folderOf(language: string): string {
  return app.makePath('examples/receivers', language)
}

/** A folder that goes with the running test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regou-example-'))
  getActiveTest()?.cleanup(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Starts an example as its README says; it does not outlive the test. */
export async function startExample({ language, commands }: Example, temporary = temporaryFolder()) {
  const port = await freePort()
  const env = { PORT: String(port), WEBHOOK_SECRET: RECEIVER_SECRET, INBOX: join(temporary, 'in') }
  const lines: string[] = []
  const running = commands(port, temporary).map(([command, ...args]) => {
    const child = spawn(command, args, {
      cwd: folderOf(language),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    child.stderr.resume()
    return { child, ended: once(child, 'exit') }
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    running.forEach(({ child }) => child.kill(signal))
    await Promise.all(running.map(({ ended }) => ended))
  }
  getActiveTest()?.cleanup(() => stop('SIGKILL'))

  const url = `http://127.0.0.1:${port}`
  const events = () => lines.filter((line) => line.includes('evt_'))
  return { url, events, stop }
}
