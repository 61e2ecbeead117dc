import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { explainMissingTables } from '#foundation/missing_tables'
import { OperatorError } from '#foundation/operator_error'
import { explainUnusableDatabase } from '#foundation/unusable_database'

/**
 * A command that works until it is told to stop. On SIGINT and SIGTERM its signal aborts, `work`
 * finishes or releases what is in hand, and the process exits 0.
 */
export abstract class LongRunningCommand extends BaseCommand {
  static options: CommandOptions = { startApp: true, staysAlive: true }

  readonly #stop = new AbortController()
  #working?: Promise<void>

  /** Runs until `signal` aborts. Returning earlier ends the process. */
  abstract work(signal: AbortSignal): Promise<void>

  prepare() {
    this.app.terminating(async () => {
      this.#stop.abort()
      await this.#working
    })
  }

  async run() {
    this.#working = this.work(this.#stop.signal).catch((error) => this.#explain(error))
    await this.#working
    // A signal may end the process before the kernel passes the exit code on.
    process.exitCode = this.exitCode

    if (!this.#stop.signal.aborted) {
      await this.terminate()
    }
  }

  #explain(error: unknown) {
    const explained = explainUnusableDatabase(explainMissingTables(error))
    if (!(explained instanceof OperatorError)) {
      throw error
    }
    this.logger.error(explained.message)
    this.exitCode = 1
  }
}
