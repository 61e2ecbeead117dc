import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

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
