import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { readable, say, type Speaker } from '#demo/processes/output'
import { fileURLToPath } from 'node:url'

export interface Program {
  name: Speaker
  command: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Hears every line that the program prints. */
  onLine?: (line: string) => void
}

/** The first and the longest wait before a restart, in milliseconds. */
const PAUSES = { firstMs: 500, longestMs: 10_000 }

/** A program that ran this long was healthy: its next restart is quick again. */
const HEALTHY_AFTER_MS = 10_000

/**
 * A program that is started again when it ends unasked, with growing pauses, as PM2 would. It has
 * a process group of its own: Ctrl+C reaches the demo alone, which then stops things in order.
 */
export class Supervised {
  readonly #program: Program
  readonly #guard: Guard
  readonly #clock: Clock
  readonly #stopped = new AbortController()
  #process?: ChildProcess
  #running?: Promise<void>

  constructor(program: Program, guard: Guard, clock: Clock) {
    this.#program = program
    this.#guard = guard
    this.#clock = clock
  }

  start() {
    this.#running = this.#keepRunning()
  }

  /** Ends the program: asked first, and after `deadlineMs` no longer asked. */
  async stop(deadlineMs: number) {
    this.#stopped.abort()
    this.#process?.kill('SIGTERM')

    const given = new AbortController()
    void this.#clock.sleep(deadlineMs, given.signal).then(() => {
      if (!given.signal.aborted) this.#process?.kill('SIGKILL')
    })
    await this.#running
    given.abort()
  }

  async #keepRunning() {
    const { name } = this.#program
    let failures = 0

    while (!this.#stopped.signal.aborted) {
      const startedAt = this.#clock.now()
      const ending = await this.#runOnce()
      if (this.#stopped.signal.aborted) return

      if (this.#clock.now() - startedAt > HEALTHY_AFTER_MS) failures = 0
      const pauseMs = backoff(PAUSES, failures++)
      say(name, `ended unexpectedly (${ending}); starting it again in ${pauseMs / 1000} s`)
      await this.#clock.sleep(pauseMs, this.#stopped.signal)
    }
  }

  async #runOnce(): Promise<string> {
    const { command, args, cwd, env } = this.#program
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.#process = child
    this.#guard.watch(child)
    say(this.#program.name, `started, pid ${child.pid}`)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#hear(line))
    }

    const [code, signal] = await once(child, 'close')
    return signal ? `signal ${signal}` : `exit code ${code}`
  }

  #hear(line: string) {
    say(this.#program.name, readable(line))
    this.#program.onLine?.(line)
  }
}

/** Sees to it that no process outlives the demo, not even when the demo is killed with -9. */
export class Guard {
  readonly #process: ChildProcess

  constructor() {
    const script = fileURLToPath(new URL('guard_process.js', import.meta.url))
    this.#process = spawn(process.execPath, [script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    // Without the guard the demo still runs and stops; it is only not covered against kill -9.
    this.#process.on('error', () => {})
    this.#process.stdin!.on('error', () => {})
    this.#process.unref()
  }

  watch(child: ChildProcess) {
    const { pid } = child
    this.#process.stdin!.write(`+${pid}\n`)
    child.once('exit', () => this.#process.stdin!.write(`-${pid}\n`))
  }
}
