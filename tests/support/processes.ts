import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { TestContext } from '@japa/runner/core'
import app from '@adonisjs/core/services/app'
import { systemClock } from '#foundation/clock'

type Test = TestContext['test']

/** A process of Regou, as a user would start it. It does not outlive the test. */
export class RunningProcess {
  readonly stdout: string[] = []
  readonly stderr: string[] = []
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  readonly #process: ChildProcess
  #listeners = new Set<() => void>()

  /** Runs Node.js with `args` in the project's folder; `undefined` in `env` takes a variable away. */
  constructor(
    test: Test,
    args: string[],
    env: NodeJS.ProcessEnv = {},
    cwd = app.makePath(),
    node = process.execPath
  ) {
    this.#process = spawn(node, args, { cwd, env: { ...process.env, ...env } })
    this.#collect(this.#process.stdout!, this.stdout)
    this.#collect(this.#process.stderr!, this.stderr)
    this.ended = once(this.#process, 'close').then(([code, signal]) => {
      this.#listeners.forEach((listener) => listener())
      return code ?? signal
    })
    test.cleanup(async () => {
      this.kill('SIGKILL')
      await this.ended
    })
  }

  get pid(): number {
    return this.#process.pid!
  }

  get output() {
    return [...this.stdout, ...this.stderr].join('\n')
  }

  kill(signal: NodeJS.Signals) {
    this.#process.kill(signal)
  }

  /** Kills it in so many milliseconds, and answers what ended it. */
  async killAfter(ms: number) {
    await systemClock.sleep(ms)
    this.kill('SIGKILL')
    return this.ended
  }

  /**
   * Resolves when a line of stdout or stderr matches.
   *
   * @throws when the process ends without it
   */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output)
      if (match) return match
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
        throw new Error(`The process ended without printing ${pattern}:\n${this.output}`)
      }
      await new Promise<void>((resolve) => this.#listeners.add(resolve))
    }
  }

  #collect(stream: NodeJS.ReadableStream, lines: string[]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      this.#listeners.forEach((listener) => listener())
      this.#listeners.clear()
    })
  }
}

/** True while a process with this id runs; one that only waits to be collected does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch (error) {
    return (error as NodeJS.ErrnoException).syscall === 'open' && process.platform !== 'linux'
  }
}
