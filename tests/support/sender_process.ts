import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { getActiveTest } from '@japa/runner'
import { RECEIVER_SECRET } from '#tests/support/receiver'
import { ACE } from '#tests/support/programs'

/** The real command in a process of its own, on the database of the tests. */
export class SenderProcess {
  readonly exited: Promise<number | null>
  log = ''
  readonly #child: ChildProcess

  constructor(environment: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [...ACE, 'send:webhooks'], {
      env: {
        ...process.env,
        LOG_LEVEL: 'info',
        WEBHOOK_SECRET: RECEIVER_SECRET,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#child.stderr!.on('data', (chunk) => (this.log += chunk))
    this.exited = once(this.#child, 'exit').then(([code]) => code)
    getActiveTest()?.cleanup(() => void this.kill('SIGKILL'))
  }

  /** Sends a signal and answers the exit code; null when the signal ended the process. */
  kill(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal)
    return this.exited
  }
}
