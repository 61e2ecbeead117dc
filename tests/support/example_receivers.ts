import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
  /** What is run, a command each; `port` is free. */
  commands(port: number): [string, ...string[]][]
  /** Its server is for trying: it reads whole requests into memory, and hangs up on what is no HTTP. */
  isForTrying?: boolean
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
    commands: () => [[builtInGo()]],
  },
  {
    language: 'php',
    runtime: 'php',
    isForTrying: true,
    commands: (port) => [
      [
        ...(['php', '-d', 'display_startup_errors=0', '-d', 'display_errors=0'] as const),
        ...['-S', `127.0.0.1:${port}`, 'receiver.php'],
      ],
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

let goProgram: string | undefined

/** The example in Go as a program, built once for all tests. */
function builtInGo(): string {
  if (!goProgram) {
    const folder = mkdtempSync(join(tmpdir(), 'regou-go-'))
    process.once('exit', () => rmSync(folder, { recursive: true }))
    goProgram = join(folder, 'receiver')
    execFileSync('go', ['build', '-o', goProgram, '.'], { cwd: folderOf('go') })
  }
  return goProgram
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
  const running = commands(port).map(([command, ...args]) => {
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
  const peakMb = () => peakMbOf(running[0]!.child.pid!)
  return { url, events, stop, peakMb }
}

/** The most memory that a process has had so far, in MB; null where the system does not tell. */
function peakMbOf(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(kb) / 1024
}
